//! A record of the first version is brought up to the latest: all of it or nothing, however that ends.

#![expect(clippy::unwrap_used, reason = "a test that cannot write a file should say so loudly")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use dateline_store::{Store, StoreWriter};

/// Three reports, two events; packed with zstd.
const VERSION_1: &[u8] = include_bytes!("frozen/version-1.dateline.zst");

/// Where the child is told which record to bring up.
const RECORD: &str = "DATELINE_TEST_UPGRADE";

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("upgrade-{name}"));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// The first version at `path`, nothing beside it.
fn put(path: &Path) {
    for ending in ["-journal", ".lock"] {
        let _ = fs::remove_file(beside(path, ending));
    }
    fs::write(path, zstd::decode_all(VERSION_1).unwrap()).unwrap();
}

/// Bytes 60 to 63 of an SQLite file hold its user version.
fn version(path: &Path) -> u8 {
    fs::read(path).unwrap()[63]
}

/// What a reader finds: the reports and the events, in a record that is whole.
fn found(path: &Path) -> (Vec<String>, Vec<(String, String)>) {
    let store = Store::open(path).unwrap();
    assert_eq!(store.check().faults, Vec::<String>::new());
    (store.report_ids().unwrap(), store.events().unwrap())
}

/// This program again, which brings up one record and ends.
fn child(path: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "the_record_that_is_named_is_brought_up"]).env(RECORD, path);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// The child's work; nothing where no record is named.
#[test]
fn the_record_that_is_named_is_brought_up() {
    if let Some(path) = std::env::var_os(RECORD) {
        StoreWriter::open(Path::new(&path)).unwrap();
    }
}

#[test]
fn a_killed_upgrade_is_made_or_not() {
    let path = folder("killed").join("r.dateline");
    put(&path);
    let before = found(&path);
    let start = Instant::now();
    assert!(child(&path).status().unwrap().success());
    let (took, latest) = (start.elapsed(), version(&path));
    assert!(latest > 1 && found(&path) == before);

    let (mut old, mut cut, mut new) = (0, 0, 0);
    for time in 0..60_u32 {
        put(&path);
        let mut child = child(&path).spawn().unwrap();
        // From the first moment to somewhat after the last, in steps that do not come in order.
        std::thread::sleep(took.mul_f64(f64::from(time * 23 % 60) / 50.0).min(Duration::from_secs(5)));
        let _ = child.kill();
        child.wait().unwrap();
        cut += u32::from(beside(&path, "-journal").exists());
        assert_eq!(found(&path), before, "after kill {time}");
        match version(&path) {
            1 => old += 1,
            version => {
                assert_eq!(version, latest, "after kill {time}");
                new += 1;
            }
        }
        drop(StoreWriter::open(&path).unwrap());
        assert!(version(&path) == latest && found(&path) == before, "after kill {time}");
    }
    println!("{old} as before, {new} brought up; {cut} were cut off in the middle of it");
    assert!(old > 0);
}

/// What lies on the disk in the middle of an upgrade, as after a loss of power: changed pages beside the journal
/// that has them as they were.
#[test]
fn an_upgrade_that_is_half_written_is_undone() {
    let folder = folder("half");
    let (path, half) = (folder.join("r.dateline"), folder.join("half.dateline"));
    put(&path);
    let before = found(&path);
    let db = rusqlite::Connection::open(&path).unwrap();
    // A cache of one page writes into the file long before the commit.
    db.execute_batch(
        "PRAGMA cache_size = 1; PRAGMA cache_spill = 1; BEGIN IMMEDIATE;
         CREATE TABLE half (a TEXT); UPDATE articles SET text = 'half' || text; DELETE FROM events;
         UPDATE captures SET bytes = zeroblob(100000); PRAGMA user_version = 2;",
    )
    .unwrap();
    fs::copy(&path, &half).unwrap();
    fs::copy(beside(&path, "-journal"), beside(&half, "-journal")).unwrap();
    assert!(fs::read(&half).unwrap() != zstd::decode_all(VERSION_1).unwrap(), "something was written");
    drop(db);
    assert_eq!(found(&half), before);
    assert_eq!(version(&half), 1);
    assert!(!beside(&half, "-journal").exists());
    drop(StoreWriter::open(&half).unwrap());
    assert!(version(&half) > 1 && found(&half) == before);
}

#[cfg(unix)]
#[test]
fn a_full_disk_leaves_the_first_version() {
    let path = folder("full").join("r.dateline");
    put(&path);
    let before = found(&path);
    // No room for one page more: a limit on the size of files ends as a full disk does.
    let room = fs::metadata(&path).unwrap().len() / 1024;
    let line = format!(
        "trap '' XFSZ; ulimit -f {room}; exec '{}' --exact the_record_that_is_named_is_brought_up",
        std::env::current_exe().unwrap().display()
    );
    let output = Command::new("bash").args(["-c", &line]).env(RECORD, &path).output().unwrap();
    let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    assert!(!output.status.success() && said.contains("Query("), "{said}");
    assert_eq!(found(&path), before);
    assert_eq!(version(&path), 1);
    drop(StoreWriter::open(&path).unwrap());
    assert!(version(&path) > 1 && found(&path) == before);
}
