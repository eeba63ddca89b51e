//! Lines that `annotate` printed, for a build that need not read the pages again.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use dateline_model::Origin;

use crate::config::Config;
use crate::ingested::{Ingested, SetAsideInput};
use crate::lines::{Line, Lines};
use crate::source::Source;
use crate::unpack::Unpacked;

/// One line, or why there is none.
#[derive(Clone, Debug)]
pub enum AnnotatedLine {
    /// A line as it stands in the file, and where.
    Line(Origin, String),
    /// A part of the file that cannot be read.
    SetAside(SetAsideInput),
}

impl AnnotatedLine {
    /// How long it is.
    #[must_use]
    pub fn bytes(&self) -> usize {
        match self {
            Self::Line(_, line) => line.len(),
            Self::SetAside(_) => 0,
        }
    }
}

/// The lines of `input`, a file of JSON Lines, packed or not, or `-` for standard input. Empty ones are passed over.
/// What they hold is not looked at.
#[must_use]
pub fn annotated_lines(input: &str) -> Box<dyn Iterator<Item = AnnotatedLine> + Send> {
    let name = Path::new(input).file_name().unwrap_or_default().to_string_lossy().into_owned();
    let source = Source { file: input.to_owned(), name };
    let stream: Box<dyn Read + Send> = match (input, File::open(input)) {
        ("-", _) => Box::new(io::stdin()),
        (_, Ok(file)) => Box::new(file),
        (_, Err(error)) => return Box::new(aside(unopened(&source, &error)).into_iter()),
    };
    let mut lines = Lines::new(Unpacked::new(stream), Config::LARGEST);
    Box::new(std::iter::from_fn(move || {
        loop {
            let line = lines.next()?;
            let place = Some(format!("line {}", lines.number));
            match line {
                Line::Damaged(damage) => return aside(source.failed(place, damage.code, damage.message)),
                Line::TooLong { length } => {
                    let message = format!("a line of {length} bytes; at most {} are read", Config::LARGEST);
                    return aside(source.failed(place, "too-large", message));
                }
                Line::Whole(bytes) if bytes.iter().all(u8::is_ascii_whitespace) => {}
                Line::Whole(bytes) => {
                    return match String::from_utf8(bytes) {
                        Ok(line) => Some(AnnotatedLine::Line(source.origin(place), line)),
                        Err(_) => aside(source.failed(place, "not-utf8", "the line is not in UTF-8")),
                    };
                }
            }
        }
    }))
}

fn unopened(source: &Source, error: &io::Error) -> Ingested {
    match error.kind() {
        io::ErrorKind::NotFound => source.failed(None, "missing-file", "there is no such file"),
        _ => source.failed(None, "unreadable-file", format!("cannot be opened: {error}")),
    }
}

fn aside(ingested: Ingested) -> Option<AnnotatedLine> {
    match ingested {
        Ingested::SetAside(aside) => Some(AnnotatedLine::SetAside(aside)),
        Ingested::Capture(_) => None,
    }
}
