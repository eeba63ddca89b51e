//! A table with named and typed columns, before it becomes text or Parquet.

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
    /// A column of this name and kind.
    #[must_use]
    pub fn new(name: &str, kind: Kind) -> Self {
        Self { name: name.to_owned(), kind }
    }

    /// Columns of words.
    #[must_use]
    pub fn texts(names: &[&str]) -> Vec<Self> {
        names.iter().map(|name| Self::new(name, Kind::Text)).collect()
    }
}
