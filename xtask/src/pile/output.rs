//! A pile as files: JSON Lines, a web archive, or a folder of pages and texts.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::Result;
use flate2::{Compression, write::GzEncoder};
use serde_json::json;

use super::publisher::Publisher;
use super::story::Report;

/// Where reports go; the ending of its name tells the form.
pub(super) enum Output {
    /// `.jsonl`: texts with what is known of them.
    Lines(BufWriter<File>),
    /// `.warc.gz`: pages as a crawl keeps them, each record compressed by itself.
    Archive(BufWriter<File>),
    /// A folder: pages and flattened texts in turn, a thousand to a folder.
    Folder(PathBuf),
}

/// What is written of one report.
pub(super) struct Written<'a> {
    /// Its number in the pile.
    pub(super) number: usize,
    pub(super) report: &'a Report,
    pub(super) publisher: &'a Publisher,
    /// Headlines that stand beside it on its page.
    pub(super) others: &'a [&'a str],
}

/// Reports to a folder.
const FOLDER: usize = 1000;

impl Output {
    /// Opens `path` for writing.
    pub(super) fn open(path: &Path) -> Result<Self> {
        let file = || Ok::<_, std::io::Error>(BufWriter::new(File::create(path)?));
        let name = path.to_string_lossy();
        if name.ends_with(".jsonl") {
            Ok(Self::Lines(file()?))
        } else if name.ends_with(".warc.gz") {
            Ok(Self::Archive(file()?))
        } else {
            fs::create_dir_all(path)?;
            Ok(Self::Folder(path.to_owned()))
        }
    }

    /// Writes one report.
    pub(super) fn write(&mut self, written: &Written<'_>) -> Result<()> {
        let Written { number, report, publisher, others } = *written;
        let address = publisher.address(report, number);
        match self {
            Self::Lines(out) => {
                let line = json!({
                    "id": format!("report-{number:07}"),
                    "url": address,
                    "publisher": publisher.name,
                    "published": report.published.to_string(),
                    "headline": report.headline,
                    "text": report.body.join("\n\n"),
                });
                writeln!(out, "{line}")?;
            }
            Self::Archive(out) => {
                let record = record(number, &address, &publisher.html(report, &address, others), report);
                let mut gzip = GzEncoder::new(&mut *out, Compression::new(6));
                gzip.write_all(record.as_bytes())?;
                gzip.finish()?;
            }
            Self::Folder(folder) => {
                let folder = folder.join(format!("{:04}", number / FOLDER));
                fs::create_dir_all(&folder)?;
                let (ending, text) = match number % 2 {
                    0 => ("html", publisher.html(report, &address, others)),
                    _ => ("txt", publisher.flat(report)),
                };
                fs::write(folder.join(format!("{number:07}.{ending}")), text)?;
            }
        }
        Ok(())
    }

    /// Everything is on its way to the disk.
    pub(super) fn finish(self) -> Result<()> {
        if let Self::Lines(mut out) | Self::Archive(mut out) = self {
            out.flush()?;
        }
        Ok(())
    }
}

/// A response record of WARC 1.0.
fn record(number: usize, address: &str, page: &str, report: &Report) -> String {
    let response = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\n\r\n{page}",
        page.len()
    );
    format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012x}>\r\n\
         WARC-Target-URI: {address}\r\nWARC-Date: {}T12:00:00Z\r\n\
         Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n{response}\r\n\r\n",
        report.published,
        response.len()
    )
}
