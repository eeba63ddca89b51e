//! Words by which clutter gives itself away: "Share this", "Related articles", "© 2017".

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::OnceLock;

use dateline_model::SetAsideReason;
use serde::Deserialize;

use super::fold::{Folded, fold};
use super::phrases::Phrases;

/// How a cue stands in its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The line is the cue.
    Whole,
    /// The line is the cue, and the lines under it are of its kind.
    Head,
    /// The line begins with it.
    Start,
    /// It stands somewhere in the line.
    Within,
}

/// The reasons that have cues, in the order in which they are asked when one has to be given,
/// with their names in the lexicon.
pub const REASONS: [(&str, SetAsideReason); 12] = [
    ("residue", SetAsideReason::Residue),
    ("advertisement", SetAsideReason::Advertisement),
    ("footer", SetAsideReason::Footer),
    ("comment", SetAsideReason::Comment),
    ("newsletter", SetAsideReason::Newsletter),
    ("share", SetAsideReason::Share),
    ("date", SetAsideReason::Date),
    ("byline", SetAsideReason::Byline),
    ("editorial-note", SetAsideReason::EditorialNote),
    ("caption", SetAsideReason::Caption),
    ("related", SetAsideReason::Related),
    ("navigation", SetAsideReason::Navigation),
];

/// The cues of one line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cues(u64);

impl Cues {
    /// Is there a cue for the reason (by its place in [`REASONS`]) that stands so?
    #[must_use]
    pub fn has(self, reason: usize, place: Place) -> bool {
        self.0 >> bit(reason, place) & 1 == 1
    }

    /// Is there a cue of any reason that stands so?
    #[must_use]
    pub fn any(self, place: Place) -> bool {
        self.standing(place) != 0
    }

    /// One bit for each reason that has a cue standing so, four apart.
    fn standing(self, place: Place) -> u64 {
        self.0 >> place as u64 & EVERY_REASON
    }

    /// Is there none?
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The reason that the cues speak for: whole lines first, then beginnings, then the rest.
    #[must_use]
    pub fn reason(self) -> Option<SetAsideReason> {
        [Place::Head, Place::Whole, Place::Start, Place::Within]
            .iter()
            .find_map(|&place| self.first(place))
            .map(|r| REASONS[r].1)
    }

    /// The first reason, by its place in [`REASONS`], with a cue that stands so.
    #[must_use]
    pub fn first(self, place: Place) -> Option<usize> {
        let bits = self.standing(place);
        (bits != 0).then(|| bits.trailing_zeros() as usize / PLACES)
    }

    fn add(&mut self, reason: usize, place: Place) {
        self.0 |= 1 << bit(reason, place);
    }
}

/// The ways in which a cue can stand: bits of [`Cues`] for each reason.
const PLACES: usize = 4;
/// The first of the bits of every reason.
const EVERY_REASON: u64 = 0x1111_1111_1111;

fn bit(reason: usize, place: Place) -> usize {
    reason * PLACES + place as usize
}

/// The lexicon of cues, ready to be looked for in one pass over a page.
#[derive(Clone, Debug)]
pub struct Lexicon {
    phrases: Phrases,
    /// By phrase: what it speaks for, and where.
    meanings: Vec<Vec<(usize, Place)>>,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Section {
    whole: Vec<String>,
    heads: Vec<String>,
    start: Vec<String>,
    within: Vec<String>,
}

impl Lexicon {
    /// The cues of `data/extract/clutter.toml`, read once.
    #[must_use]
    pub fn built_in() -> &'static Self {
        static LEXICON: OnceLock<Lexicon> = OnceLock::new();
        LEXICON.get_or_init(|| {
            Self::read(include_str!("../../../../data/extract/clutter.toml"))
                .expect("data/extract/clutter.toml is part of the build and tested")
        })
    }

    fn read(toml: &str) -> Result<Self, Box<dyn std::error::Error>> {
        let file: BTreeMap<String, Section> = toml::from_str(toml)?;
        let mut by_phrase: BTreeMap<String, Vec<(usize, Place)>> = BTreeMap::new();
        for (reason, section) in &file {
            let reason =
                REASONS.iter().position(|r| r.0 == reason).ok_or("a reason without cues of its own")?;
            for (place, phrases) in [
                (Place::Whole, &section.whole),
                (Place::Head, &section.heads),
                (Place::Start, &section.start),
                (Place::Within, &section.within),
            ] {
                for phrase in phrases {
                    by_phrase.entry(keep_end(phrase)).or_default().push((reason, place));
                }
            }
        }
        let phrases = Phrases::new(by_phrase.keys().map(String::as_str));
        Ok(Self { phrases, meanings: by_phrase.into_values().collect() })
    }

    /// The cues of each line.
    #[must_use]
    pub fn cues(&self, page: &Folded) -> Vec<Cues> {
        let (text, lines) = (page.text(), page.ranges());
        let mut cues = vec![Cues::default(); lines.len()];
        let (mut index, mut core_of_line) = (0, None);
        self.phrases.find(text.as_bytes(), |phrase, found| {
            while lines.get(index).is_some_and(|line| line.end <= found.start) {
                (index, core_of_line) = (index + 1, None);
            }
            let Some(line) = lines.get(index).filter(|line| line.start <= found.start) else { return };
            let core = core_of_line.get_or_insert_with(|| core(text, line));
            for &(reason, place) in &self.meanings[phrase as usize] {
                if stands(place, &found, core) {
                    cues[index].add(reason, place);
                }
            }
        });
        cues
    }
}

/// A phrase folded, a space at its end kept: it asks for a word to follow.
fn keep_end(phrase: &str) -> String {
    let mut folded = fold(phrase);
    if phrase.ends_with(' ') {
        folded.push(' ');
    }
    folded
}

/// The line without punctuation at its ends.
fn core(text: &str, line: &Range<usize>) -> Range<usize> {
    let whole = &text[line.clone()];
    let edge = |c: char| !c.is_alphanumeric() && c != '#';
    let start = line.start + whole.len() - whole.trim_start_matches(edge).len();
    start..(start.max(line.start + whole.trim_end_matches(edge).len()))
}

fn stands(place: Place, found: &Range<usize>, core: &Range<usize>) -> bool {
    match place {
        Place::Whole | Place::Head => found.start <= core.start && found.end >= core.end,
        Place::Start => found.start <= core.start,
        Place::Within => true,
    }
}

#[cfg(test)]
mod tests {
    use super::super::kinds::Kinds;
    use super::super::line::lines;
    use super::*;

    fn check(line: &str, expected: Option<SetAsideReason>) {
        let folded = Folded::new(line, &Kinds::of(line), &lines(line));
        assert_eq!(Lexicon::built_in().cues(&folded)[0].reason(), expected, "{line}");
    }

    #[test]
    fn lines_give_themselves_away() {
        check("Share this article", Some(SetAsideReason::Share));
        check("Comments (12)", Some(SetAsideReason::Comment));
        check("▸ Related stories:", Some(SetAsideReason::Related));
        check("Читайте также", Some(SetAsideReason::Related));
        check("© 2017 The Ostrava Courier", Some(SetAsideReason::Footer));
        check("Photo: a farmer in his field", Some(SetAsideReason::Caption));
        check("By Jane Roe", Some(SetAsideReason::Byline));
        check("The council met on Monday.", None);
        check("The share price fell.", None);
    }
}
