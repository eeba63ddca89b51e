//! Reports that share text, pair by pair, as the file takes them.

use std::collections::BTreeMap;

use dateline_model::{Alignment, CodePoints, Earlier, Passage, RelatedPair, Relation, SharedText};
use rusqlite::{Connection, OptionalExtension, params};

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

/// The same of pairs whose places count bytes: the reports' texts, which stand in the file, tell how many code points
/// those are.
pub(crate) fn insert_related(db: &Connection, pairs: &[RelatedPair]) -> Result<(), StoreError> {
    let mut offsets = Offsets::default();
    for pairs in pairs.chunks(AT_ONCE) {
        let entries: Result<Vec<_>, _> = pairs.iter().map(|pair| offsets.entry(db, pair)).collect();
        insert_pairs(db, &entries?)?;
    }
    Ok(())
}

/// Pairs whose places are counted before they are written.
const AT_ONCE: usize = 1024;

/// Code points of texts that were read last: pairs that share a text come one after the other.
#[derive(Default)]
struct Offsets(BTreeMap<String, CodePoints>);

/// So many texts are held.
const MOST: usize = 16_384;

impl Offsets {
    fn entry<'p>(&mut self, db: &Connection, pair: &'p RelatedPair) -> Result<PairEntry<'p>, StoreError> {
        let passages = pair.alignments.iter().map(|alignment| self.passage(db, alignment));
        let passages = passages.collect::<Result<_, _>>()?;
        let RelatedPair { a, b, relation, earlier, .. } = pair;
        Ok(PairEntry { a, b, relation: *relation, earlier: *earlier, passages })
    }

    fn passage(&mut self, db: &Connection, alignment: &Alignment) -> Result<PassageEntry, StoreError> {
        let Alignment { a, b, similarity, kind } = alignment;
        Ok(PassageEntry {
            a: self.places(db, a)?,
            b: self.places(db, b)?,
            similarity: *similarity,
            kind: *kind,
        })
    }

    fn places(&mut self, db: &Connection, passage: &Passage) -> Result<(u32, u32), StoreError> {
        if !self.0.contains_key(&passage.article) {
            if self.0.len() >= MOST {
                self.0.clear();
            }
            let mut query = db.prepare_cached("SELECT text FROM articles WHERE id = ?1")?;
            let text: Option<String> = query.query_row([&passage.article], |row| row.get(0)).optional()?;
            self.0.insert(passage.article.clone(), CodePoints::new(&text.unwrap_or_default()));
        }
        let range = passage.span.range();
        let index = self.0.get(&passage.article);
        Ok(index.map_or((passage.span.start, passage.span.end), |i| (i.of(range.start), i.of(range.end))))
    }
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
