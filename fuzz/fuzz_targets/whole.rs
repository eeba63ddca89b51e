//! All stages: from the bytes of a report to the events of a record.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| dateline_fuzz::whole(data));
