//! Lists the pages in the files named: `cargo run -p dateline-ingest --example captures -- FILE…`
//!
//! One line a page: id, kind, bytes, charset with what told it, place. What was set aside goes to
//! standard error, and a count of both to the end.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "printing is what this program is for")]

use dateline_ingest::{Config, Ingested, ingest};

fn main() {
    let (mut captures, mut bytes, mut aside) = (0_u64, 0_u64, 0_u64);
    let list = std::env::var_os("QUIET").is_none();
    for ingested in ingest(std::env::args_os().skip(1), &Config::default()) {
        match ingested {
            Ingested::Capture(capture) => {
                captures += 1;
                bytes += capture.bytes.len() as u64;
                let place = capture.origin.place.as_deref().unwrap_or_default();
                let charset = capture.charset;
                if list {
                    let kind = capture.media_type.name();
                    let size = capture.bytes.len();
                    println!(
                        "{}\t{kind}\t{size}\t{} ({:?})\t{place}",
                        capture.id, charset.name, charset.basis
                    );
                    for remark in &capture.diagnostics {
                        println!("\t{}: {}", remark.code, remark.message);
                    }
                }
            }
            Ingested::SetAside(input) => {
                aside += 1;
                eprintln!("{input}");
            }
        }
    }
    eprintln!("{captures} captures of {bytes} bytes, {aside} set aside");
}
