//! The packed gazetteer, `gazetteer.bin`; `crates/dateline-entities/src/gazetteer/packed.rs` tells
//! its form.

use std::collections::{BTreeMap, BTreeSet};

use dateline_entities::fold;

use super::{Inputs, actors, places};

/// Names and what bears them.
pub(super) type Index = BTreeMap<String, BTreeSet<u32>>;

/// The file's bytes.
pub(super) fn file(inputs: &Inputs<'_>) -> anyhow::Result<Vec<u8>> {
    let places = places::read(inputs)?;
    let actors = actors::read(inputs)?;
    println!("{} places under {} names", places.records.len() / 16, places.names.len());
    println!("{} actors under {} names", actors.count, actors.names.len());
    let (place_blocks, place_offsets) = pack(&places.names);
    let (actor_blocks, actor_offsets) = pack(&actors.names);
    let sections = [
        place_blocks,
        place_offsets,
        places.records,
        actor_blocks,
        actor_offsets,
        actors.lines.into_bytes(),
        places.countries,
    ];
    Ok(joined(&sections))
}

fn joined(sections: &[Vec<u8>]) -> Vec<u8> {
    let mut file = b"DLG1".to_vec();
    let mut offset = 4 + sections.len() * 8;
    for section in sections {
        file.extend((offset as u32).to_le_bytes());
        file.extend((section.len() as u32).to_le_bytes());
        offset += section.len();
    }
    sections.iter().for_each(|section| file.extend(section));
    file
}

/// Adds a name in its folded form, if it is one that a report could print.
pub(super) fn add_name(index: &mut Index, name: &str, number: u32) {
    let folded = fold(name);
    if (2..=60).contains(&folded.len())
        && folded.is_ascii()
        && folded.contains(|c: char| c.is_ascii_alphabetic())
    {
        index.entry(folded).or_default().insert(number);
    }
}

fn pack(names: &Index) -> (Vec<u8>, Vec<u8>) {
    let (mut blocks, mut offsets) = (Vec::new(), Vec::new());
    let mut last = "";
    for (position, (name, numbers)) in names.iter().enumerate() {
        if position % 16 == 0 {
            offsets.extend((blocks.len() as u32).to_le_bytes());
            last = "";
        }
        let shared = name.bytes().zip(last.bytes()).take_while(|(a, b)| a == b).count();
        varint(&mut blocks, shared as u32);
        varint(&mut blocks, (name.len() - shared) as u32);
        blocks.extend(&name.as_bytes()[shared..]);
        varint(&mut blocks, numbers.len() as u32);
        let mut before = 0;
        for &number in numbers {
            varint(&mut blocks, number - before);
            before = number;
        }
        last = name;
    }
    (blocks, offsets)
}

fn varint(bytes: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        bytes.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}
