//! Flattened pages: lines, roles, fields, days, and the map of the text back to the bytes.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| dateline_fuzz::article(data, dateline_ingest::Form::Text));
