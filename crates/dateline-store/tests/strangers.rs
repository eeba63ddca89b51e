//! Records that strangers hand over: what lies beside them and what stands in their schema does no harm.

#![expect(clippy::unwrap_used, reason = "a test that cannot write a file should say so loudly")]

use std::fs;
use std::path::{Path, PathBuf};

use dateline_store::{Store, StoreError, StoreWriter};
use rusqlite::Connection;

/// A record as the first version of the file had it: three reports, two events; packed with zstd.
const RECORD: &[u8] = include_bytes!("frozen/version-1.dateline.zst");

/// A record of its own for a test, brought up to the latest version.
fn record(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("strangers-{name}"));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let path = folder.join("r.dateline");
    fs::write(&path, zstd::decode_all(RECORD).unwrap()).unwrap();
    drop(StoreWriter::open(&path).unwrap());
    path
}

fn texts(path: &Path) -> Vec<String> {
    let mut texts = Vec::new();
    let take = |article: dateline_model::KeptReport| {
        texts.push(article.text);
        Ok::<_, StoreError>(())
    };
    Store::open(path).unwrap().each_article(take).unwrap();
    texts
}

#[test]
fn nothing_but_a_lock_is_written_over() {
    let path = record("lock");
    let lock = path.with_extension("dateline.lock");
    let own = path.with_file_name("own.txt");
    let lay = |content: &str| {
        let _ = fs::remove_file(&lock);
        fs::write(&own, content).unwrap();
    };
    // What a writer that was killed leaves is no hindrance.
    fs::write(&lock, "dateline, process 4711").unwrap();
    drop(StoreWriter::open(&path).unwrap());
    assert!(!lock.exists());

    lay("notes of my own");
    fs::copy(&own, &lock).unwrap();
    let refused = StoreWriter::open(&path).unwrap_err().to_string();
    assert!(refused.contains("no lock of Dateline's"), "{refused}");
    assert_eq!(fs::read_to_string(&lock).unwrap(), "notes of my own");

    #[cfg(unix)]
    for content in ["notes of my own", "dateline, process 1", ""] {
        lay(content);
        std::os::unix::fs::symlink(&own, &lock).unwrap();
        assert!(StoreWriter::open(&path).is_err(), "{content}");
        assert_eq!(fs::read_to_string(&own).unwrap(), content);
    }
}

#[test]
fn no_trigger_runs() {
    let path = record("trigger");
    let before = texts(&path);
    let stranger = Connection::open(&path).unwrap();
    stranger
        .execute_batch(
            "CREATE TRIGGER one AFTER UPDATE ON articles BEGIN UPDATE articles SET text = 'gone'; END;
             CREATE TRIGGER two AFTER INSERT ON builds BEGIN DELETE FROM articles; END;
             CREATE TRIGGER three BEFORE DELETE ON captures BEGIN SELECT RAISE(IGNORE); END;",
        )
        .unwrap();
    drop(stranger);
    let mut record = StoreWriter::open(&path).unwrap();
    record.note_build(dateline_store::BuildRow { version: "1", captures: 0, set_aside: 0 }).unwrap();
    record.forget(&["a".to_owned()]).unwrap();
    drop(record);
    assert_eq!(texts(&path), before[1..]);
    assert!(Store::open(&path).unwrap().capture_bytes("a").unwrap().is_none());
}

#[test]
fn no_view_stands_in_for_a_table() {
    let path = record("view");
    let stranger = Connection::open(&path).unwrap();
    stranger
        .execute_batch(
            "ALTER TABLE events RENAME TO kept;
             CREATE VIEW events AS SELECT kept.* FROM kept, kept AS a, kept AS b, kept AS c;",
        )
        .unwrap();
    drop(stranger);
    let store = Store::open(&path).unwrap();
    let refused = store.events().unwrap_err().to_string();
    assert!(refused.contains("access to view \"events\" prohibited"), "{refused}");
    assert!(store.check().faults.iter().any(|fault| fault.starts_with("events: ")));
}
