//! The charset of a page: what it claims, and what its bytes say.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| dateline_fuzz::charset(data));
