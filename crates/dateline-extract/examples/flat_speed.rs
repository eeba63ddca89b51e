//! How many flattened pages a second? Reads the `.txt` files of a folder ten times, in one thread.
//!
//! `cargo run --release --example flat_speed -- FOLDER`

#![expect(clippy::print_stdout, reason = "an example prints its result")]

use std::time::Instant;

use dateline_extract::decode;
use dateline_extract::flat::{Known, Reader};

const TIMES: usize = 10;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).ok_or("name a folder of .txt files")?;
    let pages = std::fs::read_dir(folder)?
        .map(|entry| std::fs::read(entry?.path()))
        .collect::<std::io::Result<Vec<_>>>()?;
    let began = Instant::now();
    let reader = Reader::new();
    println!("tables read in {:.1} ms", began.elapsed().as_secs_f64() * 1000.0);
    let began = Instant::now();
    let mut bytes = 0;
    for page in pages.iter().cycle().take(TIMES * pages.len()) {
        bytes += reader.read(&decode(page, "utf-8"), Known::default()).text.len();
    }
    let seconds = began.elapsed().as_secs_f64();
    let count = TIMES * pages.len();
    println!("{count} pages, {bytes} bytes of text, {:.0} pages a second", count as f64 / seconds);
    Ok(())
}
