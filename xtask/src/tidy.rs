//! Is the house in order? The rules that no compiler checks, and a mirror of the code's size and shape.
//!
//! The same checks run as an ordinary test, so that nobody needs to remember this command.

use std::fmt;
use std::process::ExitCode;

use crate::root;
use mirror::Mirror;
use tree::Tree;

mod documents;
mod manifests;
mod mirror;
mod provenance;
mod rust;
mod sources;
mod tree;

/// Prints every fault and the mirror; fails when there is a fault.
pub(crate) fn run() -> anyhow::Result<ExitCode> {
    let tree = Tree::read(root())?;
    let faults = faults(&tree);
    for fault in &faults {
        println!("{fault}");
    }
    println!("{}", Mirror::of(&tree));
    println!("tidy: {} files, {} faults", tree.files.len(), faults.len());
    Ok(if faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Everything that is out of order, check by check.
fn faults(tree: &Tree) -> Vec<Fault> {
    let checks: [fn(&Tree) -> Vec<Fault>; 4] =
        [documents::check, manifests::check, sources::check, provenance::check];
    checks.iter().flat_map(|check| check(tree)).collect()
}

/// Something out of order, with its place and what would put it right.
#[derive(Debug, PartialEq, Eq)]
struct Fault {
    path: String,
    line: Option<usize>,
    message: String,
}

impl Fault {
    /// A fault of a whole file.
    fn of(path: &str, message: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line: None, message: message.into() }
    }

    /// A fault in one line, counted from 1.
    fn at(path: &str, line: usize, message: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line: Some(line), message: message.into() }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.path, self.message),
            None => write!(f, "{}: {}", self.path, self.message),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::*;

    #[test]
    fn the_house_is_in_order() -> io::Result<()> {
        let faults = faults(&Tree::read(root())?);
        let lines: Vec<String> = faults.iter().map(Fault::to_string).collect();
        assert!(lines.is_empty(), "{}", lines.join("\n"));
        Ok(())
    }
}
