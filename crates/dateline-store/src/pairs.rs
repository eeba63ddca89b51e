//! Reports that share text, pair by pair, as the file takes them.

use dateline_model::{Earlier, Relation, SharedText};
use rusqlite::{Connection, params};

use crate::error::StoreError;

/// Two reports that share text.
#[derive(Clone, Debug, PartialEq)]
pub struct PairEntry<'a> {
    /// Id of the report whose id comes first.
    pub a: &'a str,
    /// Id of the other.
    pub b: &'a str,
    /// How they are related.
    pub relation: Relation,
    /// Which had the text first.
    pub earlier: Earlier,
    /// The passages that they share.
    pub passages: Vec<PassageEntry>,
}

/// A passage that two reports share.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PassageEntry {
    /// Where in the first report's text: the first code point, and the one behind the last.
    pub a: (u32, u32),
    /// Where in the other's.
    pub b: (u32, u32),
    /// The share of the words of both that stand in both, from 0 to 1; three digits of it are kept.
    pub similarity: f32,
    /// What kind of words are shared.
    pub kind: SharedText,
}

pub(crate) fn insert_pairs(db: &Connection, pairs: &[PairEntry<'_>]) -> Result<(), StoreError> {
    let mut insert = db.prepare_cached("INSERT INTO pairs VALUES (?1, ?2, ?3, ?4)")?;
    for pair in pairs {
        let earlier = match pair.earlier {
            Earlier::A => Some(pair.a),
            Earlier::B => Some(pair.b),
            Earlier::Unknown => None,
        };
        insert.execute(params![pair.a, pair.b, relation(pair.relation), earlier])?;
        pair.passages.iter().try_for_each(|passage| insert_passage(db, pair, passage))?;
    }
    Ok(())
}

fn insert_passage(db: &Connection, pair: &PairEntry<'_>, passage: &PassageEntry) -> Result<(), StoreError> {
    let PassageEntry { a, b, similarity, kind } = *passage;
    let similarity = (f64::from(similarity) * 1000.0).round() / 1000.0;
    db.prepare_cached("INSERT INTO passages VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")?.execute(params![
        pair.a,
        a.0,
        a.1,
        pair.b,
        b.0,
        b.1,
        similarity,
        shared(kind)
    ])?;
    Ok(())
}

fn relation(relation: Relation) -> &'static str {
    match relation {
        Relation::Copy => "copy",
        Relation::Rewrite => "rewrite",
        Relation::Quotation => "quotation",
        Relation::Independent => "independent",
    }
}

fn shared(kind: SharedText) -> &'static str {
    match kind {
        SharedText::Prose => "prose",
        SharedText::Quotation => "quotation",
        SharedText::Stock => "stock",
    }
}
