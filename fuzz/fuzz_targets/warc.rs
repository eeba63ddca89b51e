//! Web archives: framing, damage, gzip members, HTTP messages.

#![no_main]

use dateline_ingest::Form;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| dateline_fuzz::drain(data, Form::Warc));
