//! The files of the repository, read once, in the order of their paths.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// All files that could be committed: those that `.gitignore` does not name.
pub(super) struct Tree {
    /// Sorted by path.
    pub(super) files: Vec<File>,
}

/// One file.
pub(super) struct File {
    /// Path from the root, with `/`.
    pub(super) path: String,
    /// Its text; none where it is not UTF-8.
    pub(super) text: Option<String>,
}

impl Tree {
    /// Reads every file below `root`. Links are not followed.
    pub(super) fn read(root: &Path) -> io::Result<Self> {
        let ignored = ignored(root);
        let mut files = Vec::new();
        let mut folders = vec![PathBuf::new()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(root.join(&folder))? {
                let entry = entry?;
                let path = folder.join(entry.file_name());
                if ignored.iter().any(|pattern| pattern.fits(&path)) {
                    continue;
                }
                let kind = entry.file_type()?;
                if kind.is_dir() {
                    folders.push(path);
                } else if kind.is_file() {
                    files.push(File { text: text_of(&entry.path())?, path: slashed(&path) });
                }
            }
        }
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(Self { files })
    }

    /// The text of the file at `path`, if it is there and is text.
    pub(super) fn text(&self, path: &str) -> Option<&str> {
        let at = self.files.binary_search_by(|file| file.path.as_str().cmp(path)).ok()?;
        self.files[at].text.as_deref()
    }

    /// Is there a file or a folder at `path`?
    pub(super) fn has(&self, path: &str) -> bool {
        let path = path.trim_end_matches('/');
        let inside = format!("{path}/");
        self.files.iter().any(|file| file.path == path || file.path.starts_with(&inside))
    }

    /// Every text file below `folder` (all of them for "") whose name ends so, with its text.
    pub(super) fn texts<'a>(
        &'a self,
        folder: &'a str,
        ending: &'a str,
    ) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.files
            .iter()
            .filter(move |file| file.path.starts_with(folder) && file.path.ends_with(ending))
            .filter_map(|file| Some((file.path.as_str(), file.text.as_deref()?)))
    }
}

/// A line of `.gitignore`, of the two simple forms that this repository uses.
enum Ignored {
    /// `/target`: this path only.
    Path(PathBuf),
    /// `__pycache__`: the name, wherever it stands.
    Name(String),
}

impl Ignored {
    fn fits(&self, path: &Path) -> bool {
        match self {
            Self::Path(ignored) => path == ignored,
            Self::Name(name) => path.file_name().is_some_and(|file| file == name.as_str()),
        }
    }
}

fn ignored(root: &Path) -> Vec<Ignored> {
    let written = fs::read_to_string(root.join(".gitignore")).unwrap_or_default();
    let lines = written.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let patterns = lines.map(|line| match line.strip_prefix('/') {
        Some(path) => Ignored::Path(PathBuf::from(path.trim_end_matches('/'))),
        None => Ignored::Name(line.trim_end_matches('/').to_owned()),
    });
    patterns.chain([Ignored::Name(".git".to_owned())]).collect()
}

fn text_of(path: &Path) -> io::Result<Option<String>> {
    Ok(String::from_utf8(fs::read(path)?).ok())
}

fn slashed(path: &Path) -> String {
    path.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}
