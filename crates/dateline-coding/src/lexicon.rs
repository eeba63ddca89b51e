//! The words that tell of acts, and the patterns that they open: `data/coding`, made ready once.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::counting::CountWords;
use crate::named::Asked;
use crate::pattern::{Coded, Pattern, Written, coded};
use crate::tree::{Class, Tree};

const WORDS: &str = include_str!("../../../data/coding/words.toml");
const COUNTS: &str = include_str!("../../../data/coding/counts.toml");
const PATTERNS: [(&str, &str); 7] = [
    ("changes", include_str!("../../../data/coding/changes.toml")),
    ("words-friendly", include_str!("../../../data/coding/words-friendly.toml")),
    ("deeds-friendly", include_str!("../../../data/coding/deeds-friendly.toml")),
    ("words-hostile", include_str!("../../../data/coding/words-hostile.toml")),
    ("deeds-hostile", include_str!("../../../data/coding/deeds-hostile.toml")),
    ("force", include_str!("../../../data/coding/force.toml")),
    ("yielding", include_str!("../../../data/coding/yielding.toml")),
];

/// Words, classes of words and patterns of event coding.
pub struct CodingLexicon {
    words: Vocabulary,
    /// By word: the classes that it belongs to.
    classes: Vec<Vec<u32>>,
    patterns: Vec<Pattern>,
    /// By word: what it opens.
    openings: Vec<Vec<Opening>>,
    /// What auxiliaries do to the verb that they stand with.
    pub(crate) auxiliaries: BTreeMap<WordId, u32>,
    /// Words that only carry another noun: "a series of attacks".
    pub(crate) carriers: u32,
    /// Nouns for those who can act.
    pub(crate) agents: u32,
    /// The class of those who tell of attacks.
    pub(crate) witnesses: u32,
    /// The class of attacks and weapons.
    pub(crate) instruments: u32,
    /// Words that show that people were killed by people.
    pub(crate) violence: u32,
    /// Contexts of PLOVER, with the class of words that tell each.
    pub(crate) contexts: Vec<(std::sync::Arc<str>, u32)>,
    /// What counting needs.
    pub(crate) counts: CountWords,
    /// Index of the pattern of refusals: what "will not" makes of an act.
    pub(crate) refusal: u32,
    /// People killed or hurt, nobody says by what.
    pub(crate) casualties: Coded,
    /// What two parties do of whom nothing is told.
    pub(crate) unknown: Coded,
    /// Words of times that reach up to now: "the past five years".
    pub(crate) past: Vec<String>,
    /// TIMEX3 values of times too short to be a stretch.
    pub(crate) short: Vec<String>,
    /// Fixed words of the grammar.
    pub(crate) small: SmallWords,
}

/// Number of a word in the lexicon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct WordId(u32);

impl WordId {
    /// A word that the lexicon does not have.
    pub(crate) const UNKNOWN: Self = Self(u32::MAX);
}

/// Words and classes of words that a condition accepts.
#[derive(Default)]
pub(crate) struct Terms {
    words: Vec<WordId>,
    /// A modifier and its head: "peace talks".
    pairs: Vec<(WordId, WordId)>,
    classes: Vec<u32>,
    /// Kinds of names: `#person`.
    pub(crate) asked: Vec<Asked>,
}

/// A word, in one of its classes, opens a pattern.
pub(crate) struct Opening {
    /// Verb, noun or adjective.
    pub(crate) class: Class,
    /// Index of the pattern.
    pub(crate) pattern: u32,
    /// Further words that must stand with it: "off" in "call off".
    pub(crate) with: Vec<WordId>,
}

/// Words of the grammar that the code asks for by name.
pub(crate) struct SmallWords {
    pub(crate) of: WordId,
    pub(crate) by: WordId,
    pub(crate) from: WordId,
    pub(crate) no: WordId,
    /// The auxiliary of what is just done.
    pub(crate) have: WordId,
    pub(crate) pronouns: [WordId; 4],
    /// Prepositions before a recipient, the likelier first.
    pub(crate) towards: Vec<WordId>,
    /// Auxiliaries that leave open whether it happened.
    pub(crate) perhaps: Vec<WordId>,
    /// Pronouns for several.
    pub(crate) plural: Vec<WordId>,
    /// Verbs for what is done about an act.
    pub(crate) reacting: Vec<WordId>,
    /// Nouns for those who act for the body that is named after them.
    pub(crate) ranks: Vec<WordId>,
    /// Determiners that point back.
    pub(crate) this: Vec<WordId>,
    /// Prepositions before an occasion.
    pub(crate) during: Vec<WordId>,
    /// Subordinators that leave it open.
    pub(crate) conditions: Vec<WordId>,
    /// Prepositions before the place where something is done.
    pub(crate) within: Vec<WordId>,
    /// From when on.
    pub(crate) since: Vec<WordId>,
    /// Whole conflicts.
    pub(crate) wars: Vec<WordId>,
}

#[derive(Default)]
#[expect(
    clippy::disallowed_types,
    reason = "looked up only, never walked: a look-up for every word of a text"
)]
struct Vocabulary(std::collections::HashMap<Box<str>, WordId>);

impl Vocabulary {
    fn add(&mut self, word: &str) -> WordId {
        let next = WordId(self.0.len() as u32);
        *self.0.entry(word.into()).or_insert(next)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WordFile {
    class: BTreeMap<String, String>,
    context: BTreeMap<String, String>,
    small: BTreeMap<String, String>,
    past: Vec<String>,
    short: Vec<String>,
    code: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PatternFile {
    pattern: Vec<Written>,
}

impl CodingLexicon {
    /// The lexicon of news English.
    ///
    /// # Panics
    /// If a file under `data/coding` is not in order, which the tests of this crate would show.
    #[must_use]
    pub fn english() -> Self {
        Self::read().unwrap_or_else(|fault| panic!("data/coding: {fault}"))
    }

    fn read() -> Result<Self, String> {
        let file: WordFile = toml::from_str(WORDS).map_err(|e| format!("words: {e}"))?;
        let mut words = Vocabulary::default();
        let mut names: Vec<&str> = file.class.keys().map(String::as_str).collect();
        names.extend(file.context.keys().map(String::as_str));
        let mut members = Vec::new();
        for (at, list) in file.class.values().chain(file.context.values()).enumerate() {
            members.extend(list.split_whitespace().map(|word| (words.add(word), at as u32)));
        }
        let mut reading = Reading { words, names: &names };
        let (patterns, openings, auxiliaries) = reading.patterns()?;
        let small = reading.small(&file.small)?;
        let counts = CountWords::read(COUNTS, &mut |word| reading.words.add(word))?;
        let words = reading.words;
        let refusal = patterns.iter().position(|p| &*p.name == "refuse").ok_or("no pattern \"refuse\"")?;
        let code = |name: &str| coded(file.code.get(name).ok_or(format!("words: no code {name:?}"))?);
        let mut lexicon = Self {
            classes: by_word(words.0.len(), members),
            openings: by_word(words.0.len(), openings),
            patterns,
            auxiliaries,
            carriers: class_named(&names, "carriers")?,
            agents: class_named(&names, "agents")?,
            instruments: class_named(&names, "instruments")?,
            witnesses: class_named(&names, "witnesses")?,
            violence: class_named(&names, "violence")?,
            contexts: Vec::new(),
            refusal: refusal as u32,
            casualties: code("casualties")?,
            unknown: code("unknown")?,
            counts,
            past: file.past,
            short: file.short,
            small,
            words,
        };
        let first_context = file.class.len();
        lexicon.contexts = names[first_context..]
            .iter()
            .zip(first_context as u32..)
            .map(|(n, c)| ((*n).into(), c))
            .collect();
        Ok(lexicon)
    }

    /// Every pattern's name with the sentences that show it.
    pub fn examples(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.patterns.iter().map(|p| (&*p.name, p.examples.as_slice()))
    }

    /// The number of a word in lower case.
    pub(crate) fn word(&self, word: &str) -> WordId {
        self.words.0.get(word).copied().unwrap_or(WordId::UNKNOWN)
    }

    /// What a word opens.
    pub(crate) fn openings(&self, word: WordId) -> &[Opening] {
        self.openings.get(word.0 as usize).map_or(&[], Vec::as_slice)
    }

    /// The pattern of that index.
    pub(crate) fn pattern(&self, index: u32) -> &Pattern {
        &self.patterns[index as usize]
    }

    /// Does the word belong to the class?
    pub(crate) fn is_in(&self, word: WordId, class: u32) -> bool {
        self.classes.get(word.0 as usize).is_some_and(|classes| classes.contains(&class))
    }

    /// Does the word at `at`, with those before it, satisfy the condition?
    pub(crate) fn accepts(&self, terms: &Terms, tree: &Tree<'_>, at: usize) -> bool {
        let one = |word: WordId| {
            word != WordId::UNKNOWN
                && (terms.words.contains(&word) || terms.classes.iter().any(|class| self.is_in(word, *class)))
        };
        one(tree.lemma(at))
            || one(tree.word(at))
            || terms
                .pairs
                .iter()
                .any(|(before, head)| tree.is(at, *head) && tree.children(at).any(|c| tree.is(c, *before)))
    }
}

/// What is at hand while the files are read.
struct Reading<'a> {
    words: Vocabulary,
    names: &'a [&'a str],
}

type Openings = Vec<(WordId, Opening)>;
type Auxiliaries = BTreeMap<WordId, u32>;

impl Reading<'_> {
    fn patterns(&mut self) -> Result<(Vec<Pattern>, Openings, Auxiliaries), String> {
        let (mut patterns, mut openings, mut auxiliaries) = (Vec::new(), Vec::new(), BTreeMap::new());
        for (name, text) in PATTERNS {
            let file: PatternFile = toml::from_str(text).map_err(|e| format!("{name}: {e}"))?;
            for written in file.pattern {
                let pattern = patterns.len() as u32;
                for (list, class) in [
                    (&written.verbs, Class::Verb),
                    (&written.nouns, Class::Noun),
                    (&written.adjectives, Class::Adjective),
                ] {
                    openings.extend(list.split_whitespace().map(|entry| self.opening(entry, class, pattern)));
                }
                let words = written.auxiliaries.split_whitespace();
                auxiliaries.extend(words.map(|word| (self.words.add(word), pattern)));
                let (words, names) = (std::cell::RefCell::new(&mut self.words), self.names);
                let mut terms = |list: &str| terms(list, &mut words.borrow_mut(), names);
                patterns.push(written.ready(&mut terms, &mut |word| words.borrow_mut().add(word))?);
            }
        }
        Ok((patterns, openings, auxiliaries))
    }

    /// `call_off`: the word, and those that must stand with it. `^peace_talk`: the last word leads.
    fn opening(&mut self, entry: &str, class: Class, pattern: u32) -> (WordId, Opening) {
        let mut all: Vec<WordId> = entry.split('_').map(|word| self.words.add(word)).collect();
        let head = if class == Class::Noun { all.pop() } else { Some(all.remove(0)) };
        (head.unwrap_or(WordId::UNKNOWN), Opening { class, pattern, with: all })
    }

    fn small(&mut self, written: &BTreeMap<String, String>) -> Result<SmallWords, String> {
        let mut list = |name: &str| -> Result<Vec<WordId>, String> {
            let words = written.get(name).ok_or(format!("words: no small words {name:?}"))?;
            Ok(words.split_whitespace().map(|w| self.words.add(w)).collect())
        };
        let (towards, perhaps, conditions) = (list("towards")?, list("perhaps")?, list("conditions")?);
        let (plural, this, during) = (list("plural")?, list("this")?, list("during")?);
        let (ranks, reacting) = (list("ranks")?, list("reacting")?);
        let (since, wars, within) = (list("since")?, list("wars")?, list("within")?);
        let mut word = |word: &str| self.words.add(word);
        Ok(SmallWords {
            of: word("of"),
            by: word("by"),
            from: word("from"),
            no: word("no"),
            have: word("have"),
            pronouns: ["who", "which", "that", "whom"].map(word),
            towards,
            perhaps,
            plural,
            ranks,
            reacting,
            this,
            during,
            conditions,
            within,
            since,
            wars,
        })
    }
}

/// A condition: words, `modifier_head` pairs, `@classes` and `#kinds` of names.
fn terms(list: &str, words: &mut Vocabulary, names: &[&str]) -> Result<Terms, String> {
    let mut terms = Terms::default();
    for entry in list.split_whitespace() {
        if let Some(kind) = entry.strip_prefix('#') {
            terms
                .asked
                .push(Asked::by_name(kind).ok_or_else(|| format!("no kind of name is called {kind:?}"))?);
            continue;
        }
        match (entry.strip_prefix('@'), entry.split_once('_')) {
            (Some(class), _) => terms.classes.push(class_named(names, class)?),
            (None, Some((before, head))) => terms.pairs.push((words.add(before), words.add(head))),
            (None, None) => terms.words.push(words.add(entry)),
        }
    }
    Ok(terms)
}

fn class_named(names: &[&str], name: &str) -> Result<u32, String> {
    let found = names.iter().position(|n| *n == name);
    found.map(|at| at as u32).ok_or_else(|| format!("no class of words is called {name:?}"))
}

fn by_word<T>(n: usize, members: Vec<(WordId, T)>) -> Vec<Vec<T>> {
    let mut lists: Vec<Vec<T>> = std::iter::repeat_with(Vec::new).take(n).collect();
    for (word, member) in members {
        lists[word.0 as usize].push(member);
    }
    lists
}
