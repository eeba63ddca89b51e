//! Reads the project's tab-separated tables: one row a line, comments behind `#` and a space.

/// The rows of a table that have `N` columns.
pub(crate) fn rows<const N: usize>(table: &str) -> impl Iterator<Item = [&str; N]> {
    table.lines().filter(|line| !line.starts_with("# ")).filter_map(|line| {
        let mut cells = line.splitn(N, '\t');
        let row = std::array::from_fn(|_| cells.next());
        row.iter().all(Option::is_some).then(|| row.map(Option::unwrap_or_default))
    })
}
