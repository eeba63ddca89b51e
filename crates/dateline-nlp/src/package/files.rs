//! The files of a package by name, out of a folder or out of a wheel (a ZIP archive).

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::Path;

use super::PackageError;

/// No file of a package is larger; a wheel that claims more is taken for hostile.
const LARGEST: u64 = 4 << 30;

/// Where the files come from.
pub(crate) enum Files {
    /// A folder on disk: the one that holds `config.cfg`.
    Folder(std::path::PathBuf),
    /// An archive in memory: entries by their name below the folder of `config.cfg`.
    Archive(Vec<u8>, BTreeMap<String, Entry>),
}

/// One file of an archive.
#[derive(Clone, Copy)]
pub(crate) struct Entry {
    method: u16,
    packed: usize,
    size: usize,
    header: usize,
}

impl Files {
    /// Opens a folder or a wheel; the folder may be the package's or the one below it that holds the data.
    pub(crate) fn open(path: &Path) -> Result<Self, PackageError> {
        if path.is_dir() {
            return folder_of_config(path).map(Self::Folder);
        }
        let bytes =
            std::fs::read(path).map_err(|source| PackageError::Unreadable { path: path.into(), source })?;
        Self::archive(bytes).map_err(|e| e.in_file(&path.display().to_string()))
    }

    /// Reads the directory of an archive.
    pub(crate) fn archive(bytes: Vec<u8>) -> Result<Self, PackageError> {
        let all = directory(&bytes).ok_or_else(|| PackageError::damaged("not a ZIP archive"))?;
        let config =
            all.keys().filter(|name| name.rsplit('/').next() == Some("config.cfg")).min_by_key(|n| n.len());
        let config = config.ok_or_else(|| PackageError::Missing("config.cfg".into()))?;
        let prefix = config.strip_suffix("config.cfg").unwrap_or("").to_owned();
        let entries = all
            .into_iter()
            .filter_map(|(name, e)| Some((name.strip_prefix(&prefix)?.to_owned(), e)))
            .collect();
        Ok(Self::Archive(bytes, entries))
    }

    /// The names of all files, in order.
    pub(crate) fn names(&self) -> Result<Vec<String>, PackageError> {
        let mut names = Vec::new();
        match self {
            Self::Archive(_, entries) => names.extend(entries.keys().filter(|n| !n.ends_with('/')).cloned()),
            Self::Folder(folder) => names_below(folder, "", &mut names)?,
        }
        names.sort_unstable();
        Ok(names)
    }

    /// The bytes of the file `name`, which the package must have.
    pub(crate) fn read(&self, name: &str) -> Result<Vec<u8>, PackageError> {
        self.find(name)?.ok_or_else(|| PackageError::Missing(name.into()))
    }

    /// The bytes of the file `name`, if the package has it.
    pub(crate) fn find(&self, name: &str) -> Result<Option<Vec<u8>>, PackageError> {
        match self {
            Self::Folder(folder) => {
                let path = folder.join(name);
                match std::fs::read(&path) {
                    Ok(bytes) => Ok(Some(bytes)),
                    Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
                    Err(source) => Err(PackageError::Unreadable { path, source }),
                }
            }
            Self::Archive(bytes, entries) => {
                entries.get(name).map(|e| e.unpack(bytes).map_err(|e| e.in_file(name))).transpose()
            }
        }
    }
}

impl Entry {
    fn unpack(&self, archive: &[u8]) -> Result<Vec<u8>, PackageError> {
        let packed =
            self.packed_bytes(archive).ok_or_else(|| PackageError::damaged("the archive ends too early"))?;
        match self.method {
            0 => Ok(packed.to_vec()),
            8 => {
                let mut out = Vec::new();
                let mut reader = flate2::read::DeflateDecoder::new(packed).take(self.size as u64);
                reader.read_to_end(&mut out).map_err(|e| PackageError::damaged(e.to_string()))?;
                Ok(out)
            }
            other => Err(PackageError::damaged(format!("ZIP method {other} is not known"))),
        }
    }

    fn packed_bytes<'a>(&self, archive: &'a [u8]) -> Option<&'a [u8]> {
        let header = archive.get(self.header..)?;
        let start = 30 + usize::from(u16_at(header, 26)?) + usize::from(u16_at(header, 28)?);
        header.get(start..start.checked_add(self.packed)?)
    }
}

fn folder_of_config(path: &Path) -> Result<std::path::PathBuf, PackageError> {
    if path.join("config.cfg").is_file() {
        return Ok(path.into());
    }
    let unreadable = |source| PackageError::Unreadable { path: path.into(), source };
    let mut below: Vec<_> =
        std::fs::read_dir(path).map_err(unreadable)?.filter_map(|entry| Some(entry.ok()?.path())).collect();
    below.sort();
    below
        .into_iter()
        .find(|folder| folder.join("config.cfg").is_file())
        .ok_or_else(|| PackageError::Missing("config.cfg".into()))
}

/// Adds the names of all files below `folder`, each after `prefix`. Links are passed over: they may lead anywhere.
fn names_below(folder: &Path, prefix: &str, names: &mut Vec<String>) -> Result<(), PackageError> {
    let unreadable = |source| PackageError::Unreadable { path: folder.into(), source };
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let kind = entry.file_type().map_err(unreadable)?;
        let Ok(name) = entry.file_name().into_string() else { continue };
        if kind.is_dir() {
            names_below(&entry.path(), &format!("{prefix}{name}/"), names)?;
        } else if kind.is_file() {
            names.push(format!("{prefix}{name}"));
        }
    }
    Ok(())
}

/// The entries of a ZIP archive, from the directory at its end.
fn directory(bytes: &[u8]) -> Option<BTreeMap<String, Entry>> {
    const END: &[u8] = b"PK\x05\x06";
    let tail = bytes.len().saturating_sub(22 + 65_535);
    let end = tail + bytes.get(tail..)?.windows(4).rposition(|window| window == END)?;
    let (count, mut at) = (u16_at(bytes, end + 10)?, u32_at(bytes, end + 16)? as usize);
    let mut entries = BTreeMap::new();
    for _ in 0..count {
        let record = bytes.get(at..)?;
        if !record.starts_with(b"PK\x01\x02") {
            return None;
        }
        let name_length = usize::from(u16_at(record, 28)?);
        let name = String::from_utf8_lossy(record.get(46..46 + name_length)?).into_owned();
        let size = u32_at(record, 24)?;
        let entry = Entry {
            method: u16_at(record, 10)?,
            packed: u32_at(record, 20)? as usize,
            size: usize::try_from(u64::from(size).min(LARGEST)).ok()?,
            header: u32_at(record, 42)? as usize,
        };
        entries.insert(name, entry);
        at += 46 + name_length + usize::from(u16_at(record, 30)?) + usize::from(u16_at(record, 32)?);
    }
    Some(entries)
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A ZIP archive of stored files, written by hand.
    fn archive(files: &[(&str, &str)]) -> Vec<u8> {
        let (mut bytes, mut directory) = (Vec::new(), Vec::new());
        for (name, text) in files {
            let (at, size) = (bytes.len() as u32, text.len() as u32);
            bytes.extend(b"PK\x03\x04");
            bytes.extend([0; 22]);
            bytes.extend((name.len() as u16).to_le_bytes());
            bytes.extend([0; 2]);
            bytes.extend(name.bytes().chain(text.bytes()));
            directory.extend(b"PK\x01\x02");
            directory.extend([0; 16]);
            directory.extend(size.to_le_bytes());
            directory.extend(size.to_le_bytes());
            directory.extend((name.len() as u16).to_le_bytes());
            directory.extend([0; 12]);
            directory.extend(at.to_le_bytes());
            directory.extend(name.bytes());
        }
        let at = bytes.len() as u32;
        bytes.extend(&directory);
        bytes.extend(b"PK\x05\x06");
        bytes.extend([0; 6]);
        bytes.extend((files.len() as u16).to_le_bytes());
        bytes.extend((directory.len() as u32).to_le_bytes());
        bytes.extend(at.to_le_bytes());
        bytes.extend([0; 2]);
        bytes
    }

    #[test]
    fn an_archive_is_read_below_its_config() {
        let bytes =
            archive(&[("p/__init__.py", ""), ("p/p-1/config.cfg", "[nlp]"), ("p/p-1/vocab/key2row", "x")]);
        let files = Files::archive(bytes).unwrap();
        assert_eq!(files.read("config.cfg").unwrap(), b"[nlp]");
        assert_eq!(files.read("vocab/key2row").unwrap(), b"x");
        assert!(matches!(files.read("ner/model"), Err(PackageError::Missing(_))));
    }

    #[test]
    fn a_damaged_archive_is_an_error() {
        let bytes = archive(&[("config.cfg", "[nlp]")]);
        for end in 0..bytes.len() - 2 {
            assert!(Files::archive(bytes[..end].to_vec()).is_err(), "cut at {end}");
        }
    }
}
