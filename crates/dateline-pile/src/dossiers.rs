//! The dossiers of a pile, by place: a large pile's wait in files.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io;

use dateline_model::{Dossier, Moment};

use crate::failure::Failure;
use crate::scratch::Scratch;
use crate::spool::Spool;

/// Dossiers sorted by id, and by text where one id has several. A place is a number from 0 on in that order.
///
/// What a stage asks for is read when it asks. Where a file fails it gets an empty dossier, and
/// [`DossierPile::check`] tells afterwards, before what the stages found is of use: so no stage has to carry errors
/// of files through its work.
#[derive(Debug)]
pub struct DossierPile {
    heads: Vec<Head>,
    /// Of all texts.
    bytes: usize,
    kept: Kept,
    /// What took the place of dossiers since.
    changed: BTreeMap<usize, Dossier>,
    failure: Failure,
}

/// What is held in memory of every report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// The article's id.
    pub id: String,
    /// The outlet, if known.
    pub publisher: Option<String>,
    /// Day or moment of publication, if known.
    pub published: Option<Moment>,
    /// Agencies and outlets that the page names as its origin.
    pub credits: Vec<String>,
}

/// A report's words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts<'a> {
    /// The headline, empty where there is none.
    pub headline: Cow<'a, str>,
    /// The main text.
    pub text: Cow<'a, str>,
}

#[derive(Debug)]
enum Kept {
    Held(Vec<Dossier>),
    Spooled {
        /// Bytes of the headline, in four bytes, then headline and text.
        texts: Spool,
        /// The rest, as packed JSON.
        rest: Spool,
    },
}

impl DossierPile {
    /// Of dossiers in any order; what says the same under one id is one.
    #[must_use]
    pub fn of(mut dossiers: Vec<Dossier>) -> Self {
        dossiers.sort_by(|a, b| (&a.id, &a.text).cmp(&(&b.id, &b.text)));
        dossiers.dedup_by(|a, b| a.id == b.id && a.text == b.text);
        let heads = dossiers.iter().map(Head::of).collect();
        let bytes = dossiers.iter().map(|dossier| dossier.text.len()).sum();
        Self::new(heads, bytes, Kept::Held(dossiers))
    }

    fn new(heads: Vec<Head>, bytes: usize, kept: Kept) -> Self {
        Self { heads, bytes, kept, changed: BTreeMap::new(), failure: Failure::default() }
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.heads.len()
    }

    /// Bytes of all main texts.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// What is in memory of each, by place.
    #[must_use]
    pub fn heads(&self) -> &[Head] {
        &self.heads
    }

    /// The id of the report at a place.
    ///
    /// # Panics
    /// Beyond the last.
    #[must_use]
    pub fn id(&self, place: usize) -> &str {
        &self.heads[place].id
    }

    /// The place of the report of that id; of several the first.
    #[must_use]
    pub fn place(&self, id: &str) -> Option<usize> {
        let place = self.heads.partition_point(|head| head.id.as_str() < id);
        self.heads.get(place).filter(|head| head.id == id).map(|_| place)
    }

    /// The dossier at a place.
    #[must_use]
    pub fn dossier(&self, place: usize) -> Cow<'_, Dossier> {
        if let Some(changed) = self.changed.get(&place) {
            return Cow::Borrowed(changed);
        }
        match &self.kept {
            Kept::Held(dossiers) => dossiers.get(place).map(Cow::Borrowed).unwrap_or_default(),
            Kept::Spooled { texts, rest } => Cow::Owned(self.failure.or_default(dossier(texts, rest, place))),
        }
    }

    /// Headline and text of the report at a place.
    #[must_use]
    pub fn texts(&self, place: usize) -> Texts<'_> {
        match &self.kept {
            Kept::Held(dossiers) => dossiers.get(place).map(Texts::of).unwrap_or_default(),
            Kept::Spooled { texts, .. } => self.failure.or_default(texts_at(texts, place)),
        }
    }

    /// Puts a dossier in the place of another, which has the same texts.
    pub fn change(&mut self, place: usize, dossier: Dossier) {
        self.changed.insert(place, dossier);
    }

    /// Was everything read that was asked for?
    ///
    /// # Errors
    /// The first that a file gave.
    pub fn check(&self) -> io::Result<()> {
        self.failure.check()
    }
}

impl Head {
    fn of(dossier: &Dossier) -> Self {
        Self {
            id: dossier.id.clone(),
            publisher: dossier.publisher.clone(),
            published: dossier.published.as_ref().and_then(|moment| moment.parse().ok()),
            credits: dossier.credits.clone(),
        }
    }
}

impl<'a> Texts<'a> {
    fn of(dossier: &'a Dossier) -> Self {
        Self { headline: Cow::Borrowed(&dossier.headline), text: Cow::Borrowed(&dossier.text) }
    }
}

/// Takes the dossiers of a large pile one by one.
#[derive(Debug)]
pub struct DossierSpool {
    heads: Vec<Head>,
    bytes: usize,
    texts: Spool,
    rest: Spool,
}

impl DossierSpool {
    /// None yet.
    #[must_use]
    pub fn new(scratch: &Scratch) -> Self {
        Self { heads: Vec::new(), bytes: 0, texts: Spool::new(scratch), rest: Spool::new(scratch) }
    }

    /// Takes the next one: they come by id.
    ///
    /// # Errors
    /// When a file cannot be written, or one comes out of order.
    pub fn push(&mut self, dossier: Dossier) -> io::Result<()> {
        if self.heads.last().is_some_and(|before| before.id > dossier.id) {
            return Err(io::Error::other(format!("{} comes out of order", dossier.id)));
        }
        let head = Head::of(&dossier);
        self.bytes += dossier.text.len();
        let length = u32::try_from(dossier.headline.len()).map_err(io::Error::other)?;
        let texts = [&length.to_le_bytes(), dossier.headline.as_bytes(), dossier.text.as_bytes()].concat();
        let rest = Dossier { text: String::new(), ..dossier };
        self.texts.push(&texts)?;
        self.rest.push(&zstd::bulk::compress(&serde_json::to_vec(&rest)?, LEVEL)?)?;
        self.heads.push(head);
        Ok(())
    }

    /// All of them.
    #[must_use]
    pub fn finish(mut self) -> DossierPile {
        self.heads.shrink_to_fit();
        DossierPile::new(self.heads, self.bytes, Kept::Spooled { texts: self.texts, rest: self.rest })
    }
}

/// The fastest.
const LEVEL: i32 = 1;

fn texts_at(texts: &Spool, place: usize) -> io::Result<Texts<'_>> {
    match texts.read(place)? {
        Cow::Borrowed(bytes) => {
            let (headline, text) = parted(bytes)?;
            Ok(Texts { headline: Cow::Borrowed(headline), text: Cow::Borrowed(text) })
        }
        Cow::Owned(bytes) => {
            let (headline, text) = parted(&bytes)?;
            Ok(Texts { headline: Cow::Owned(headline.to_owned()), text: Cow::Owned(text.to_owned()) })
        }
    }
}

fn parted(bytes: &[u8]) -> io::Result<(&str, &str)> {
    let (length, texts) = bytes.split_first_chunk().ok_or(io::ErrorKind::UnexpectedEof)?;
    let length = usize::try_from(u32::from_le_bytes(*length)).map_err(io::Error::other)?;
    let texts = std::str::from_utf8(texts).map_err(io::Error::other)?;
    Ok(texts.split_at_checked(length).ok_or(io::ErrorKind::UnexpectedEof)?)
}

fn dossier(texts: &Spool, rest: &Spool, place: usize) -> io::Result<Dossier> {
    let packed = rest.read(place)?;
    let size = zstd::zstd_safe::get_frame_content_size(&packed).ok().flatten().unwrap_or(0);
    let json = zstd::bulk::decompress(&packed, usize::try_from(size).map_err(io::Error::other)?)?;
    let dossier: Dossier = serde_json::from_slice(&json)?;
    Ok(Dossier { text: texts_at(texts, place)?.text.into_owned(), ..dossier })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dossiers() -> Vec<Dossier> {
        let dossier = |n: usize| Dossier {
            id: format!("{n:03}"),
            headline: format!("“Ferry {n}”"),
            text: "It sank. ".repeat(n % 7),
            publisher: n.is_multiple_of(2).then(|| "Orsk Post".to_owned()),
            published: n.is_multiple_of(3).then(|| "2020-03-01".to_owned()),
            credits: vec!["Agency".to_owned(); n % 2],
            ..Dossier::default()
        };
        (0..100).map(dossier).collect()
    }

    #[test]
    fn a_pile_in_files_reads_as_one_in_memory() {
        for memory in [usize::MAX, 100] {
            let mut spool = DossierSpool::new(&Scratch { memory, ..Scratch::unneeded() });
            dossiers().into_iter().for_each(|dossier| spool.push(dossier).unwrap());
            let (mut spooled, held) = (spool.finish(), DossierPile::of(dossiers()));
            assert_eq!((spooled.heads(), spooled.bytes()), (held.heads(), held.bytes()));
            for place in 0..held.count() {
                assert_eq!(spooled.dossier(place), held.dossier(place));
                assert_eq!(spooled.texts(place), held.texts(place));
                assert_eq!(spooled.place(held.id(place)), Some(place));
            }
            let other = Dossier { publisher: Some("Cape Times".to_owned()), ..held.dossier(7).into_owned() };
            spooled.change(7, other.clone());
            assert_eq!(*spooled.dossier(7), other);
            assert!(spooled.check().is_ok());
            let beyond = spooled.dossier(100).into_owned();
            assert_eq!(beyond, Dossier::default());
            assert!(spooled.check().is_err() && spooled.check().is_ok());
        }
    }

    #[test]
    fn a_pile_is_sorted_and_holds_each_once() {
        let mut doubled = dossiers();
        doubled.extend(dossiers());
        doubled.reverse();
        assert_eq!(DossierPile::of(doubled).heads(), DossierPile::of(dossiers()).heads());
        let mut spool = DossierSpool::new(&Scratch::unneeded());
        spool.push(dossiers().remove(1)).unwrap();
        assert!(spool.push(dossiers().remove(0)).is_err());
    }
}
