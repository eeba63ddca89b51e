//! The house in figures, beside the figures of the projects it learns from. A mirror, not a gate.

use std::collections::BTreeMap;
use std::fmt;

use super::rust::{Lines, Source};
use super::tree::Tree;

/// A function of more lines than this is long.
const LONG: usize = 70;

/// What the code looks like from afar.
#[derive(Default)]
pub(super) struct Mirror {
    /// Lines of each file without its tests.
    files: Vec<usize>,
    /// Lines of each function outside tests.
    functions: Vec<usize>,
    /// The long ones: name and lines.
    long: Vec<(String, usize)>,
    /// Boolean parameters outside tests.
    booleans: usize,
    /// Lines by kind, all files together.
    total: Lines,
    /// Lines of code and comment by crate.
    crates: BTreeMap<String, usize>,
}

impl Mirror {
    /// Looks at every Rust file.
    pub(super) fn of(tree: &Tree) -> Self {
        let mut mirror = Self::default();
        for (path, text) in tree.texts("", ".rs") {
            mirror.add(path, &Source::new(path, text));
        }
        mirror.files.sort_unstable();
        mirror.functions.sort_unstable();
        mirror
    }

    fn add(&mut self, path: &str, source: &Source<'_>) {
        let lines = source.lines();
        self.total.code += lines.code;
        self.total.comment += lines.comment;
        self.total.test += lines.test;
        if lines.code > 0 {
            self.files.push(lines.source);
            *self.crates.entry(crate_of(path)).or_default() += lines.code + lines.comment;
        }
        for function in source.functions().iter().filter(|function| !function.test) {
            self.functions.push(function.lines);
            self.booleans += function.booleans;
            if function.lines > LONG {
                self.long.push((format!("{path}: {}", function.name), function.lines));
            }
        }
    }
}

impl fmt::Display for Mirror {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Lines { code, comment, test, .. } = self.total;
        let functions = self.functions.len();
        writeln!(f, "the house in figures                       here  to be near")?;
        row(f, "lines a file without tests, median", quantile(&self.files, 50), "≤ 200")?;
        row(f, "lines a file without tests, p90", quantile(&self.files, 90), "≤ 800")?;
        row(f, "lines a function, median", quantile(&self.functions, 50), "≤ 7")?;
        row(f, "lines a function, p90", quantile(&self.functions, 90), "≤ 25")?;
        row(f, "functions over 70 lines, %", share(100 * self.long.len(), functions), "≤ 1")?;
        row(f, "comment lines of all, %", share(100 * comment, code + comment), "25–35")?;
        row(f, "test lines to a line of code", share(test, code), "0.6–1.0")?;
        row(f, "bool parameters to 100 functions", share(100 * self.booleans, functions), "≤ 2")?;
        for (name, lines) in &self.crates {
            row(f, &format!("lines of {name}"), *lines, "2000–4000")?;
        }
        self.long.iter().try_for_each(|(name, lines)| writeln!(f, "long: {name}, {lines} lines"))
    }
}

fn row(f: &mut fmt::Formatter<'_>, what: &str, value: impl fmt::Display, near: &str) -> fmt::Result {
    writeln!(f, "{what:<40} {value:>7}  {near}")
}

/// The value that `percent` of the sorted values do not exceed.
fn quantile(sorted: &[usize], percent: usize) -> usize {
    let at = (sorted.len() * percent).div_ceil(100).saturating_sub(1);
    sorted.get(at).copied().unwrap_or(0)
}

/// Part to whole, with one or two decimals as its size asks for.
fn share(part: usize, whole: usize) -> String {
    #[expect(clippy::cast_precision_loss, reason = "line counts are far below 2^52")]
    let share = part as f64 / whole.max(1) as f64;
    if share < 10.0 { format!("{share:.2}") } else { format!("{share:.1}") }
}

fn crate_of(path: &str) -> String {
    path.trim_start_matches("crates/").split('/').next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_values_that_occur() {
        assert_eq!(quantile(&[1, 2, 3, 4, 100], 50), 3);
        assert_eq!(quantile(&[1, 2, 3, 4, 100], 90), 100);
        assert_eq!(quantile(&[], 50), 0);
    }
}
