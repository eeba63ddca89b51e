//! A column of text that was written comes back, and what cannot be read says why.

use std::fs::File;
use std::path::Path;

use dateline_model::{Column, Table};
use dateline_parquet::{TextColumn, write};

#[test]
fn a_column_comes_back_without_its_nulls() {
    let cell = |n: usize| if n.is_multiple_of(3) { String::new() } else { format!("line {n}, née") };
    let cells: Vec<String> = (0..200).map(cell).collect();
    let columns = Column::texts(&["id", "annotation"]);
    let rows = cells.iter().map(|cell| vec!["a".to_owned(), cell.clone()]).collect();
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("column.parquet");
    write(&Table { name: "rows", columns, rows }, File::create(&path).unwrap()).unwrap();
    let read: Result<Vec<_>, _> = TextColumn::open(&path, "annotation").collect();
    let numbered = cells.into_iter().enumerate().filter(|(_, cell)| !cell.is_empty());
    assert_eq!(read.unwrap(), numbered.map(|(n, cell)| (n as u64 + 1, cell)).collect::<Vec<_>>());
}

#[test]
fn what_cannot_be_read_says_why() {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("other.parquet");
    let table = Table { name: "rows", columns: Column::texts(&["id"]), rows: vec![vec!["a".to_owned()]] };
    write(&table, File::create(&path).unwrap()).unwrap();
    let absent = path.with_file_name("absent.parquet");
    let told = |path: &Path| TextColumn::open(path, "annotation").next().unwrap().unwrap_err().to_string();
    assert_eq!(told(&path), "has no column of text called `annotation`");
    assert!(told(&absent).starts_with("cannot be opened"), "{}", told(&absent));
    let damaged = path.with_file_name("damaged.parquet");
    std::fs::write(&damaged, "no Parquet").unwrap();
    assert!(told(&damaged).starts_with("cannot be read as Parquet"), "{}", told(&damaged));
}
