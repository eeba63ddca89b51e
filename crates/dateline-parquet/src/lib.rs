//! How does a table of a record come into a data frame with its types? As Parquet.
//!
//! In comes a [`Table`] of `dateline-model`, out go the bytes of one Parquet file: text as UTF-8, whole numbers as
//! 64 bits, other numbers as doubles, empty cells as nulls, compressed by zstd. The same table gives the same bytes.
//!
//! And back: [`TextColumn`] reads one column of text, such as the annotations that another program kept as Parquet.
//!
//! A crate of its own, and in the program a feature, because the `parquet` crate takes minutes to build.
//!
//! ```
//! use dateline_model::{Column, Kind, Table};
//!
//! let columns = vec![Column { name: "event".into(), kind: Kind::Text }, Column { name: "accounts".into(), kind: Kind::Whole }];
//! let table = Table { name: "events", columns, rows: vec![vec!["a".into(), "2".into()], vec!["b".into(), String::new()]] };
//! let mut bytes = Vec::new();
//! dateline_parquet::write(&table, &mut bytes)?;
//! assert!(bytes.starts_with(b"PAR1"));
//! # Ok::<(), dateline_parquet::WriteError>(())
//! ```

mod text_column;

use std::io::Write;
use std::sync::Arc;

use dateline_model::{Column, Kind, Table};
use parquet::basic::{Compression, ConvertedType, LogicalType, Repetition, Type as Physical, ZstdLevel};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::{Type, TypePtr};

pub use text_column::TextColumn;

/// A table that could not be written.
#[derive(Debug, thiserror::Error)]
#[error("cannot write Parquet: {0}")]
pub struct WriteError(#[from] ParquetError);

/// A file that could not be read.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct ReadError(String);

impl From<ParquetError> for ReadError {
    fn from(error: ParquetError) -> Self {
        Self(format!("cannot be read as Parquet: {error}"))
    }
}

/// Writes `table` as one Parquet file with one group of rows.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(table: &Table, out: impl Write + Send) -> Result<(), WriteError> {
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_created_by("dateline".to_owned());
    let mut file = SerializedFileWriter::new(out, schema(table)?, Arc::new(properties.build()))?;
    let mut group = file.next_row_group()?;
    for (at, column) in table.columns.iter().enumerate() {
        let Some(mut writer) = group.next_column()? else { break };
        let cells = table.rows.iter().map(|row| row.get(at).map_or("", String::as_str));
        cells_of(column, cells, &mut writer)?;
        writer.close()?;
    }
    group.close()?;
    file.close()?;
    Ok(())
}

fn schema(table: &Table) -> Result<TypePtr, ParquetError> {
    let fields: Result<Vec<TypePtr>, _> =
        table.columns.iter().map(|column| field(column).map(Arc::new)).collect();
    Ok(Arc::new(Type::group_type_builder(table.name).with_fields(fields?).build()?))
}

fn field(column: &Column) -> Result<Type, ParquetError> {
    let physical = match column.kind {
        Kind::Text => Physical::BYTE_ARRAY,
        Kind::Whole => Physical::INT64,
        Kind::Real => Physical::DOUBLE,
    };
    let field = Type::primitive_type_builder(&column.name, physical).with_repetition(Repetition::OPTIONAL);
    match column.kind {
        Kind::Text => field
            .with_logical_type(Some(LogicalType::String))
            .with_converted_type(ConvertedType::UTF8)
            .build(),
        Kind::Whole | Kind::Real => field.build(),
    }
}

/// What a cell cannot be read as is null: the table's maker sees to it that it can.
fn cells_of<'a>(
    column: &Column,
    cells: impl Iterator<Item = &'a str>,
    writer: &mut SerializedColumnWriter<'_>,
) -> Result<(), ParquetError> {
    match (column.kind, writer.untyped()) {
        (Kind::Text, ColumnWriter::ByteArrayColumnWriter(writer)) => {
            let (values, levels) = present(cells, |cell| Some(ByteArray::from(cell)));
            writer.write_batch(&values, Some(&levels), None)?;
        }
        (Kind::Whole, ColumnWriter::Int64ColumnWriter(writer)) => {
            let (values, levels) = present(cells, |cell| cell.parse().ok());
            writer.write_batch(&values, Some(&levels), None)?;
        }
        (Kind::Real, ColumnWriter::DoubleColumnWriter(writer)) => {
            let (values, levels) = present(cells, |cell| cell.parse().ok());
            writer.write_batch(&values, Some(&levels), None)?;
        }
        _ => return Err(ParquetError::General(format!("column {} has another type", column.name))),
    }
    Ok(())
}

/// The values that there are, and for each cell whether there is one.
fn present<'a, T>(
    cells: impl Iterator<Item = &'a str>,
    read: impl Fn(&'a str) -> Option<T>,
) -> (Vec<T>, Vec<i16>) {
    let mut values = Vec::new();
    let level = |cell: &'a str| {
        let value = Some(cell).filter(|cell| !cell.is_empty()).and_then(&read);
        let level = i16::from(value.is_some());
        values.extend(value);
        level
    };
    let levels = cells.map(level).collect();
    (values, levels)
}
