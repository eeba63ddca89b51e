//! Lays the files of a package into a folder of their own, whatever the package came in.

use std::path::{Component, Path};

use super::{Files, PackageError};

/// Writes all files of the package at `from`, a folder or a wheel, into the folder `to`, which may be new.
///
/// # Errors
/// If a file cannot be read or written, or if one is named so that it would lie outside of the folder.
pub fn unpack(from: impl AsRef<Path>, to: impl AsRef<Path>) -> Result<(), PackageError> {
    let (files, to) = (Files::open(from.as_ref())?, to.as_ref());
    for name in files.names()? {
        if !Path::new(&name).components().all(|part| matches!(part, Component::Normal(_))) {
            return Err(PackageError::damaged("its name leads out of the package").in_file(&name));
        }
        let path = to.join(&name);
        let unwritable = |source| PackageError::Unwritable { path: path.clone(), source };
        std::fs::create_dir_all(path.parent().unwrap_or(to)).map_err(unwritable)?;
        std::fs::write(&path, files.read(&name)?).map_err(unwritable)?;
    }
    Ok(())
}
