//! A table with named and typed columns, before it becomes text or Parquet.

use crate::delimited::csv_row;

/// Rows under named columns. A cell is text; an empty one holds nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// What a row is, in the plural: the file's name.
    pub name: &'static str,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows, each with a cell for every column.
    pub rows: Vec<Vec<String>>,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What its cells hold.
    pub kind: Kind,
}

/// What the cells of a column hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    Text,
    /// Whole numbers.
    Whole,
    /// Other numbers.
    Real,
}

impl Column {
    pub(crate) fn new(name: &str, kind: Kind) -> Self {
        Self { name: name.to_owned(), kind }
    }

    /// Columns of words.
    pub(crate) fn texts(names: &[&str]) -> Vec<Self> {
        names.iter().map(|name| Self::new(name, Kind::Text)).collect()
    }
}

impl Table {
    /// As comma-separated values (RFC 4180), the columns' names first.
    #[must_use]
    pub fn to_csv(&self) -> String {
        let names: Vec<String> = self.columns.iter().map(|column| column.name.clone()).collect();
        std::iter::once(&names).chain(&self.rows).map(|row| csv_row(row)).collect()
    }
}
