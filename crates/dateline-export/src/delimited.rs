//! Tables as text: comma-separated with quotes where they are needed (RFC 4180), or tab-separated.

/// A row of comma-separated values, with its line break.
pub(crate) fn csv_row(cells: &[String]) -> String {
    let mut row = cells.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join(",");
    row.push_str("\r\n");
    row
}

/// A row of tab-separated values, with its line break. What would break the row becomes a space.
pub(crate) fn tsv_row(cells: &[String]) -> String {
    let plain = |cell: &String| cell.replace(['\t', '\n', '\r'], " ");
    let mut row = cells.iter().map(plain).collect::<Vec<_>>().join("\t");
    row.push('\n');
    row
}

fn quoted(cell: &str) -> String {
    // A cell of white space at its ends would lose it in some readers.
    let needs = cell.contains([',', '"', '\n', '\r']) || cell.trim().len() != cell.len();
    if needs { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
}

/// The words, or nothing.
pub(crate) fn or_empty(value: Option<&String>) -> String {
    value.cloned().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_keep_to_themselves() {
        let cells = ["a", "b,c", "say \"no\"", "two\nlines", ""].map(str::to_owned);
        assert_eq!(csv_row(&cells), "a,\"b,c\",\"say \"\"no\"\"\",\"two\nlines\",\r\n");
        assert_eq!(tsv_row(&["a\tb".to_owned(), "c\nd".to_owned()]), "a b\tc d\n");
    }
}
