//! A table of a record as a record batch, with its types.

use std::sync::Arc;

use arrow_array::{ArrayRef, Float64Array, Int64Array, LargeStringArray, RecordBatch, StringArray};
use arrow_schema::ArrowError;
use dateline::model::{Kind, Table};

/// The table's rows; empty cells are nulls.
pub(crate) fn table_batch(table: &Table) -> Result<RecordBatch, ArrowError> {
    let columns = table.columns.iter().enumerate().map(|(at, column)| {
        let cells = table.rows.iter().map(move |row| row.get(at).map_or("", String::as_str));
        (column.name.as_str(), cells_of(column.kind, column.name == "text", cells), true)
    });
    RecordBatch::try_from_iter_with_nullable(columns)
}

/// Whole texts may be more than two gigabytes together.
fn cells_of<'a>(kind: Kind, is_long: bool, cells: impl Iterator<Item = &'a str>) -> ArrayRef {
    let present = cells.map(|cell| Some(cell).filter(|cell| !cell.is_empty()));
    match kind {
        Kind::Text if is_long => Arc::new(present.collect::<LargeStringArray>()),
        Kind::Text => Arc::new(present.collect::<StringArray>()),
        Kind::Whole => Arc::new(present.map(|cell| cell?.parse().ok()).collect::<Int64Array>()),
        Kind::Real => Arc::new(present.map(|cell| cell?.parse().ok()).collect::<Float64Array>()),
    }
}
