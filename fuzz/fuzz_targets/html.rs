//! Pages of HTML: the tree, the blocks, the article, and the map of each back to the bytes.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| dateline_fuzz::html(data));
