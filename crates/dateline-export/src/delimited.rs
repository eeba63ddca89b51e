//! Tables as text: comma-separated with quotes where they are needed (RFC 4180), or tab-separated.
//!
//! A spreadsheet runs a cell that begins as a formula does, and a formula can start programs and send cells away. The
//! words of pages stand in these tables, so such a cell begins with an apostrophe, which says: text.

use std::borrow::Cow;

/// A row of comma-separated values, with its line break.
pub(crate) fn csv_row(cells: &[String]) -> String {
    let mut row = cells.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join(",");
    row.push_str("\r\n");
    row
}

/// A row of tab-separated values, with its line break. What would break the row becomes a space.
pub(crate) fn tsv_row(cells: &[String]) -> String {
    let plain = |cell: &String| inert(cell).replace(['\t', '\n', '\r'], " ");
    let mut row = cells.iter().map(plain).collect::<Vec<_>>().join("\t");
    row.push('\n');
    row
}

/// The cell, of which no spreadsheet makes a formula. Numbers may have a sign.
fn inert(cell: &str) -> Cow<'_, str> {
    let is_formula = match cell.chars().next() {
        Some('+' | '-') => cell.parse::<f64>().is_err(),
        Some(first) => FORMULA.contains(&first),
        None => false,
    };
    if is_formula { format!("'{cell}").into() } else { cell.into() }
}

/// What opens a formula beside a sign; the wide forms count in some languages.
const FORMULA: [char; 8] = ['=', '@', '\t', '\r', '＝', '＠', '＋', '－'];

fn quoted(cell: &str) -> String {
    let cell = inert(cell);
    // A cell of white space at its ends would lose it in some readers.
    let needs = cell.contains([',', '"', '\n', '\r']) || cell.trim().len() != cell.len();
    if needs { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.into_owned() }
}

/// The words, or nothing.
pub(crate) fn or_empty(value: Option<&String>) -> String {
    value.cloned().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for (cell, expected) in [
            ("=HYPERLINK(\"http://x.example\")", "\"'=HYPERLINK(\"\"http://x.example\"\")\""),
            ("-2+3+cmd|' /C calc'!A0", "'-2+3+cmd|' /C calc'!A0"),
            ("+49 30", "'+49 30"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("＝1", "'＝1"),
            ("-", "'-"),
            ("-12.5", "-12.5"),
            ("+3", "+3"),
            ("-1e3", "-1e3"),
            ("a=b", "a=b"),
            ("12", "12"),
        ] {
            assert_eq!(csv_row(&[cell.to_owned()]), format!("{expected}\r\n"));
        }
        assert_eq!(tsv_row(&["=1".to_owned(), "\t@a".to_owned()]), "'=1\t' @a\n");
    }

    #[test]
    fn cells_keep_to_themselves() {
        let cells = ["a", "b,c", "say \"no\"", "two\nlines", ""].map(str::to_owned);
        assert_eq!(csv_row(&cells), "a,\"b,c\",\"say \"\"no\"\"\",\"two\nlines\",\r\n");
        assert_eq!(tsv_row(&["a\tb".to_owned(), "c\nd".to_owned()]), "a b\tc d\n");
    }
}
