//! The walk over all that the user named, file by file and page by page, pulled by the caller.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use dateline_model::{Diagnostic, Severity};

use crate::config::{Config, Reach};
use crate::feed::Entries;
use crate::flood::Bounded;
use crate::form::Form;
use crate::ingested::Ingested;
use crate::jsonl::JsonLines;
use crate::page::{self, Kind};
use crate::source::Source;
use crate::unpack::Unpacked;
use crate::walk::{Find, Walk};
use crate::warc::Archive;

/// Reads every page of `inputs`: files, folders, and `-` for JSON Lines on standard input.
///
/// Pages come in the order of the inputs, those of a folder in the order of their names. One page is
/// held at a time, so a large archive costs no more memory than its largest page.
///
/// The id of a page is, of a file, its path within the folder given, with `/`, or its name where the
/// file itself was given; of a record in an archive, its record id, `urn:uuid:…`; of a line of
/// JSON, its own `id`; of a feed's entry, its guid or else its link. What has none is called by its
/// file and place: `pile.jsonl:12`, `feed.xml:entry 3`.
pub fn ingest<P: Into<PathBuf>>(inputs: impl IntoIterator<Item = P>, config: &Config) -> Ingest {
    Ingest {
        inputs: inputs.into_iter().map(Into::into).collect(),
        walk: None,
        reading: None,
        passed_over: 0,
        config: config.clone(),
    }
}

/// How many bytes the files of these inputs have together; none where that is not known before they are read.
#[must_use]
pub fn bytes_of<P: AsRef<Path>>(inputs: &[P]) -> Option<u64> {
    let length = |path: &Path| path.metadata().map_or(0, |file| file.len());
    let of = |input: &P| match input.as_ref() {
        stdin if stdin.as_os_str() == "-" => None,
        folder if folder.is_dir() => {
            let files = Walk::new(folder.to_owned()).map(|find| match find {
                Find::File { path, .. } => length(&path),
                Find::Aside(_) => 0,
            });
            Some(files.sum())
        }
        file => Some(length(file)),
    };
    inputs.iter().map(of).sum()
}

/// Reads every page of one stream, as [`ingest`] does of a file called `name`.
pub fn read(stream: impl Read + Send + 'static, name: &str, form: Form, config: &Config) -> Pages {
    let source = Source { file: name.to_owned(), name: name.to_owned() };
    pages(Unpacked::new(Box::new(stream)), source, form, config)
}

/// The pages of the inputs, as they are read.
pub struct Ingest {
    inputs: VecDeque<PathBuf>,
    walk: Option<Walk>,
    reading: Option<Pages>,
    passed_over: usize,
    config: Config,
}

/// The pages of one file.
pub struct Pages(Box<dyn Iterator<Item = Ingested> + Send>);

impl Iterator for Pages {
    type Item = Ingested;

    fn next(&mut self) -> Option<Ingested> {
        self.0.next()
    }
}

impl Iterator for Ingest {
    type Item = Ingested;

    fn next(&mut self) -> Option<Ingested> {
        loop {
            if let Some(page) = self.reading.as_mut().and_then(Iterator::next) {
                return Some(page);
            }
            self.reading = None;
            match self.walk.as_mut().and_then(Iterator::next) {
                Some(Find::Aside(aside)) => return Some(*aside),
                Some(Find::File { form, ref source, .. }) if !self.reaches(form, &source.name) => {
                    self.passed_over += 1;
                }
                Some(Find::File { path, form, source }) => {
                    self.reading = Some(self.open(&path, source, form));
                }
                None => {
                    self.walk = None;
                    let input = self.inputs.pop_front()?;
                    self.begin(input);
                }
            }
        }
    }
}

impl Ingest {
    /// How many inputs were not opened so far because the reach leaves them out.
    #[must_use]
    pub fn passed_over(&self) -> usize {
        self.passed_over
    }

    /// Is a file of that form and name to be opened?
    fn reaches(&self, form: Form, name: &str) -> bool {
        self.config.reach == Reach::All || form.may_be_flattened(name)
    }

    fn begin(&mut self, input: PathBuf) {
        if self.config.reach == Reach::Flattened && !input.is_dir() && !is_flattened_file(&input) {
            self.passed_over += 1;
            return;
        }
        if input.as_os_str() == "-" {
            let source = Source { file: "-".into(), name: "-".into() };
            self.reading =
                Some(pages(Unpacked::new(Box::new(io::stdin())), source, Form::JsonLines, &self.config));
        } else if input.is_dir() {
            self.walk = Some(Walk::new(input));
        } else {
            self.reading = Some(self.file(&input));
        }
    }

    /// A file that the user named itself: its id is its name. Where the name tells no form, the first
    /// bytes may.
    fn file(&self, path: &Path) -> Pages {
        let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        let source = Source { file: path.display().to_string(), name };
        let stream = match File::open(path) {
            Ok(file) => Unpacked::new(self.config.bytes_read.of(file)),
            Err(error) => return one(unopened(&source, &error)),
        };
        match Form::of_name(&source.name) {
            Some(form) => pages(stream, source, form, &self.config),
            None => self.unnamed(stream, source),
        }
    }

    fn unnamed(&self, mut stream: Unpacked, source: Source) -> Pages {
        if let Some(form) = Form::of_bytes(stream.peek()) {
            return pages(stream, source, form, &self.config);
        }
        let message = "is of no known form, neither by the end of its name nor by its first bytes";
        let hint = format!("known are {}, also with .gz or .zst", Form::known_endings());
        one(source.aside(None, Diagnostic::new("unknown-form", Severity::Error, message).hinting(hint)))
    }

    fn open(&self, path: &Path, source: Source, form: Form) -> Pages {
        match File::open(path) {
            Ok(file) => pages(Unpacked::new(self.config.bytes_read.of(file)), source, form, &self.config),
            Err(error) => one(unopened(&source, &error)),
        }
    }
}

/// A file that can be read twice and whose name says that it may hold flattened pages.
fn is_flattened_file(path: &Path) -> bool {
    let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    path.is_file() && Form::of_name(&name).is_some_and(|form| form.may_be_flattened(&name))
}

fn unopened(source: &Source, error: &io::Error) -> Ingested {
    match error.kind() {
        io::ErrorKind::NotFound => source.failed(None, "missing-file", "there is no such file or folder"),
        _ => source.failed(None, "unreadable-file", format!("cannot be opened: {error}")),
    }
}

fn pages(mut stream: Unpacked, source: Source, form: Form, config: &Config) -> Pages {
    match form.settled(stream.peek()) {
        Form::Html => one(page::whole_file(stream, &source, Kind::Html, config)),
        Form::Text => one(page::whole_file(stream, &source, Kind::Text, config)),
        Form::JsonLines => bounded(JsonLines::new(stream, source.clone(), config.clone()), source),
        Form::Warc => bounded(Archive::new(stream, source.clone(), config.clone()), source),
        Form::Feed => bounded(Entries::new(stream, source.clone(), config.clone()), source),
    }
}

fn bounded(pages: impl Iterator<Item = Ingested> + Send + 'static, source: Source) -> Pages {
    Pages(Box::new(Bounded::new(pages, source)))
}

fn one(ingested: Ingested) -> Pages {
    Pages(Box::new(std::iter::once(ingested)))
}
