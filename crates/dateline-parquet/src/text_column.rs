//! One column of text of a Parquet file, row by row.

use std::collections::VecDeque;
use std::fs::File;
use std::path::Path;

use parquet::column::reader::ColumnReader;
use parquet::data_type::ByteArray;
use parquet::file::reader::{FileReader, SerializedFileReader};

use crate::ReadError;

/// A column of text. Gives each cell that is not null with the number of its row, from 1; what cannot be read ends it.
pub struct TextColumn {
    file: Option<SerializedFileReader<File>>,
    /// Which of the file's columns.
    column: usize,
    /// The next group of rows.
    group: usize,
    reading: Option<ColumnReader>,
    cells: VecDeque<Option<ByteArray>>,
    row: u64,
    failed: Option<ReadError>,
}

/// So many cells are held at once.
const CELLS: usize = 64;

impl TextColumn {
    /// Opens the column `name` of the file at `path`. A file that cannot be opened is a column of one error.
    #[must_use]
    pub fn open(path: &Path, name: &str) -> Self {
        let (file, column, failed) = match opened(path, name) {
            Ok((file, column)) => (Some(file), column, None),
            Err(error) => (None, 0, Some(error)),
        };
        Self { file, column, group: 0, reading: None, cells: VecDeque::new(), row: 0, failed }
    }

    /// Reads more cells; no more are there at the end.
    fn fill(&mut self) -> Result<(), ReadError> {
        while self.cells.is_empty() {
            let Some(reader) = self.reading.as_mut() else {
                let Some(file) = self.file.as_ref().filter(|file| self.group < file.num_row_groups()) else {
                    return Ok(());
                };
                self.reading = Some(file.get_row_group(self.group)?.get_column_reader(self.column)?);
                self.group += 1;
                continue;
            };
            let cells = cells(reader)?;
            if cells.is_empty() {
                self.reading = None;
            }
            self.cells.extend(cells);
        }
        Ok(())
    }
}

impl Iterator for TextColumn {
    type Item = Result<(u64, String), ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if self.failed.is_none() && self.cells.is_empty() {
                self.failed = self.fill().err();
            }
            if let Some(error) = self.failed.take() {
                self.file = None;
                self.reading = None;
                return Some(Err(error));
            }
            let cell = self.cells.pop_front()?;
            self.row += 1;
            if let Some(bytes) = cell {
                let text = bytes.as_utf8().map(str::to_owned);
                return Some(text.map(|text| (self.row, text)).map_err(ReadError::from));
            }
        }
    }
}

fn opened(path: &Path, name: &str) -> Result<(SerializedFileReader<File>, usize), ReadError> {
    let file = File::open(path).map_err(|error| ReadError(format!("cannot be opened: {error}")))?;
    let file = SerializedFileReader::new(file)?;
    let columns = file.metadata().file_metadata().schema_descr().columns();
    let column = columns.iter().position(|column| {
        column.path().string() == name && column.physical_type() == parquet::basic::Type::BYTE_ARRAY
    });
    match column {
        Some(column) => Ok((file, column)),
        None => Err(ReadError(format!("has no column of text called `{name}`"))),
    }
}

/// The next cells of a column of text; none at its end.
fn cells(reader: &mut ColumnReader) -> Result<Vec<Option<ByteArray>>, ReadError> {
    let ColumnReader::ByteArrayColumnReader(reader) = reader else {
        return Err(ReadError("the column is not of text".to_owned()));
    };
    let (mut levels, mut values) = (Vec::new(), Vec::new());
    let (rows, _, _) = reader.read_records(CELLS, Some(&mut levels), None, &mut values)?;
    let mut values = values.into_iter();
    if levels.is_empty() {
        return Ok(values.map(Some).collect());
    }
    Ok(levels.into_iter().take(rows).map(|level| if level > 0 { values.next() } else { None }).collect())
}
