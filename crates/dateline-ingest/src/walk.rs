//! The files of a folder, in the order of their names, whatever the links within it.
//!
//! A folder that is reached through a link is read once, and only if it neither holds nor lies in a
//! folder that is read anyway: links cannot send the walk in circles, nor make one page many.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use dateline_model::{Diagnostic, Severity};

use crate::form::Form;
use crate::ingested::Ingested;
use crate::source::Source;
use crate::tally::{Count, Tally};

/// A walk through one folder.
pub(crate) struct Walk {
    root: PathBuf,
    /// Entries still to be visited, the next one last.
    pending: Vec<Entry>,
    /// True places of the root and of the folders that links led to.
    entered: Vec<PathBuf>,
    passed_over: Tally,
    /// What is read through links that lead out of the root.
    led_out: Tally,
    /// Has nothing come of the root yet?
    bare: bool,
}

/// The walk's next find.
pub(crate) enum Find {
    /// A file of a form that is read.
    File { path: PathBuf, form: Form, source: Source },
    /// What is not read, and why.
    Aside(Box<Ingested>),
}

struct Entry {
    path: PathBuf,
    /// Path within the root, with `/`.
    name: String,
}

impl Walk {
    pub(crate) fn new(root: PathBuf) -> Self {
        let entered = fs::canonicalize(&root).into_iter().collect();
        let pending = vec![Entry { path: root.clone(), name: String::new() }];
        Self { root, pending, entered, passed_over: Tally::default(), led_out: Tally::default(), bare: true }
    }

    fn visit(&mut self, entry: Entry) -> Option<Find> {
        let is_link =
            !entry.name.is_empty() && fs::symlink_metadata(&entry.path).is_ok_and(|m| m.is_symlink());
        let metadata = match fs::metadata(&entry.path) {
            Ok(metadata) => metadata,
            Err(error) if is_link => return Some(aside(&entry, "broken-link", told("link", &error))),
            Err(error) => return Some(aside(&entry, "unreadable-file", told("file", &error))),
        };
        if metadata.is_file() {
            if is_link && Form::of_name(&entry.name).is_some() {
                self.note_link("files", &entry);
            }
            return self.file(entry);
        }
        if !metadata.is_dir() {
            let message = "is no regular file (a pipe, socket or device)".to_owned();
            return Some(aside(&entry, "unreadable-file", message));
        }
        if is_link && let Some(refusal) = self.enter_link(&entry) {
            return Some(refusal);
        }
        self.list(&entry)
    }

    fn file(&mut self, entry: Entry) -> Option<Find> {
        let source = entry.source();
        match Form::of_name(&entry.name) {
            Some(form) => Some(Find::File { path: entry.path, form, source }),
            None => {
                self.passed_over.count(&ending(&entry.name), || entry.name.clone());
                None
            }
        }
    }

    /// Notes a link's target as entered, or says why it is not followed.
    fn enter_link(&mut self, entry: &Entry) -> Option<Find> {
        let target = match fs::canonicalize(&entry.path) {
            Ok(target) => target,
            Err(error) => return Some(aside(entry, "broken-link", told("link", &error))),
        };
        if self.entered.iter().any(|known| overlap(known, &target)) {
            return Some(refusal(entry, self.leads_back(entry, &target)));
        }
        self.note_link("folders", entry);
        self.entered.push(target);
        None
    }

    /// Counts a link that leads out of the root: whoever made the folder may have meant a file of the reader's own.
    fn note_link(&mut self, what: &str, entry: &Entry) {
        let target = fs::canonicalize(&entry.path);
        if !target.is_ok_and(|target| self.entered.first().is_some_and(|root| target.starts_with(root))) {
            self.led_out.count(what, || entry.name.clone());
        }
    }

    /// Does a link lead to a folder that holds it, or the root?
    fn leads_back(&self, entry: &Entry, target: &Path) -> Way {
        let place = entry.path.parent().and_then(|folder| fs::canonicalize(folder).ok());
        let holds = |folder: &PathBuf| folder.starts_with(target);
        let back = place.as_ref().is_some_and(holds) || self.entered.first().is_some_and(holds);
        if back { Way::Back } else { Way::Known }
    }

    fn list(&mut self, folder: &Entry) -> Option<Find> {
        let mut entries = match children(folder) {
            Ok(entries) => entries,
            Err(error) => return Some(aside(folder, "unreadable-folder", told("folder", &error))),
        };
        entries.sort_by(|a, b| b.name.cmp(&a.name));
        self.pending.extend(entries);
        None
    }
}

impl Iterator for Walk {
    type Item = Find;

    fn next(&mut self) -> Option<Find> {
        while let Some(entry) = self.pending.pop() {
            if let Some(find) = self.visit(entry) {
                self.bare = false;
                return Some(find);
            }
        }
        if std::mem::take(&mut self.bare) {
            return Some(nothing_in(&self.root));
        }
        if let Some(count) = self.led_out.take() {
            return Some(led_out(&self.root, count));
        }
        self.passed_over.take().map(|count| passed_over(&self.root, count))
    }
}

impl Entry {
    fn source(&self) -> Source {
        Source { file: self.path.display().to_string(), name: self.name.clone() }
    }
}

fn children(folder: &Entry) -> io::Result<Vec<Entry>> {
    let mut entries = Vec::new();
    for child in fs::read_dir(&folder.path)? {
        let child = child?;
        let own = child.file_name().to_string_lossy().into_owned();
        if !own.starts_with('.') {
            let name = if folder.name.is_empty() { own } else { format!("{}/{own}", folder.name) };
            entries.push(Entry { path: child.path(), name });
        }
    }
    Ok(entries)
}

/// Where a link that is not followed leads.
#[derive(Clone, Copy)]
enum Way {
    Back,
    Known,
}

fn refusal(entry: &Entry, way: Way) -> Find {
    let (code, message) = match way {
        Way::Back => ("symlink-loop", "the link leads to a folder that holds it; it is not followed"),
        Way::Known => ("seen-folder", "the link leads to a folder that is read anyway; it is not followed"),
    };
    Find::Aside(Box::new(entry.source().aside(None, Diagnostic::new(code, Severity::Note, message))))
}

fn overlap(a: &Path, b: &Path) -> bool {
    a.starts_with(b) || b.starts_with(a)
}

fn aside(entry: &Entry, code: &str, message: String) -> Find {
    Find::Aside(Box::new(entry.source().failed(None, code, message)))
}

fn told(what: &str, error: &io::Error) -> String {
    format!("the {what} cannot be read: {error}")
}

/// The ending of a name, as passed over files are counted.
fn ending(name: &str) -> String {
    let file = name.rsplit('/').next().unwrap_or(name);
    file.rsplit_once('.').map_or_else(|| "no ending".to_owned(), |(_, ending)| format!(".{ending}"))
}

/// A folder that the user named and that gives no page at all is worth a word.
fn nothing_in(root: &Path) -> Find {
    let source = Source { file: root.display().to_string(), name: String::new() };
    let remark = Diagnostic::new("empty-folder", Severity::Warning, "holds no file of a form that is read")
        .hinting("give a folder of .txt, .html, .warc, .wet, .jsonl or .xml files");
    Find::Aside(Box::new(source.aside(None, remark)))
}

/// One remark for all files, or folders, that links led to.
fn led_out(root: &Path, Count { kind, count, first }: Count) -> Find {
    let message =
        format!("{kind} read through links that lead out of the folder: {count} in number, such as {first}");
    let source = Source { file: root.display().to_string(), name: String::new() };
    Find::Aside(Box::new(source.aside(None, Diagnostic::new("linked-out", Severity::Note, message))))
}

/// One remark for all files of one ending.
fn passed_over(root: &Path, Count { kind, count, first }: Count) -> Find {
    let message = format!("not read, being of no known form ({kind}): {count} in number, such as {first}");
    let source = Source { file: root.display().to_string(), name: String::new() };
    Find::Aside(Box::new(source.aside(None, Diagnostic::new("unknown-form", Severity::Note, message))))
}
