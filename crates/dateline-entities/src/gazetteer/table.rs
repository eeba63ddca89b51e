//! Tables in text: one record a line, cells parted by tabs, comments after a number sign.

/// The records of a table, cell by cell; empty lines and comments are left out.
pub(super) fn rows(table: &str) -> impl Iterator<Item = Vec<&str>> {
    let is_record = |line: &&str| !line.is_empty() && !line.starts_with('#');
    table.lines().filter(is_record).map(|line| line.split('\t').collect())
}
