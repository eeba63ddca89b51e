//! The gazetteer with the dictionaries that a user gave beside it.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use dateline_entities::Gazetteer;
use sha2::{Digest as _, Sha256};

use crate::arguments::LanguageModel;
use crate::plain::remarks;

/// The built-in gazetteer, and before it the dictionaries of `--dictionaries`.
pub(crate) fn gazetteer(options: &LanguageModel) -> Result<Gazetteer> {
    let mut gazetteer = Gazetteer::english();
    if let Some(folder) = &options.dictionaries {
        for file in files(folder)? {
            add(&mut gazetteer, &file)?;
        }
    }
    Ok(gazetteer)
}

/// What tells one folder of dictionaries from another: the beginning of a digest of its files.
pub(crate) fn fingerprint(folder: &Path) -> Result<String> {
    let mut digest = Sha256::new();
    for file in files(folder)? {
        let bytes = std::fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
        digest.update(Sha256::digest(&bytes));
    }
    Ok(digest.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect())
}

/// The folder's text files, by name.
fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let told = || format!("--dictionaries {}", folder.display());
    let entries = std::fs::read_dir(folder).with_context(told)?;
    let mut files: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "txt"));
    ensure!(!files.is_empty(), "{}: no dictionary in it; give it files that end in .txt", told());
    files.sort();
    Ok(files)
}

/// Lines that cannot be read are told, and the others are taken.
fn add(gazetteer: &mut Gazetteer, file: &Path) -> Result<()> {
    let bytes = std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let mistakes = gazetteer.add_dictionary(&String::from_utf8_lossy(&bytes));
    for mistake in mistakes.iter().take(MOST_TOLD) {
        writeln!(remarks(), "dateline: {}, line {}: {}", file.display(), mistake.line, mistake.message)?;
    }
    if mistakes.len() > MOST_TOLD {
        let more = mistakes.len() - MOST_TOLD;
        writeln!(remarks(), "dateline: {}: {more} more lines cannot be read", file.display())?;
    }
    Ok(())
}

/// So many lines of one file are told each by itself.
const MOST_TOLD: usize = 20;
