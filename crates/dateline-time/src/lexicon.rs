//! The words and numbers that rules name by their class: `<month>`, `<weekday>`, `<year>`.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::scan::{Gap, Shape, Token};
use crate::slot::Slot;

/// Words with their classes, and the classes of numbers. Read from `data/time/words.toml`.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    #[expect(
        clippy::disallowed_types,
        reason = "looked up only, never walked: one look-up for every word of a text"
    )]
    ids: std::collections::HashMap<Box<str>, WordId>,
    /// For each word its classes and what the word means in each.
    meanings: Vec<Vec<Meaning>>,
    classes: BTreeMap<String, ClassId>,
    number_classes: Vec<NumberClass>,
    numerals: Numerals,
}

/// A word of the grammar's vocabulary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct WordId(pub(crate) u16);

impl WordId {
    /// A word that no rule names.
    pub(crate) const OTHER: Self = Self(0);
    /// Any run of digits.
    pub(crate) const DIGITS: Self = Self(1);
}

/// A class of words, or of numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum ClassId {
    Words(u16, Option<Slot>),
    Numbers(u16, Option<Slot>),
}

#[derive(Clone, Copy, Debug)]
struct Meaning {
    class: u16,
    value: i32,
    capital: bool,
}

/// A class of numbers: those of `digits` digits or in words, from `min` to `max`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct NumberClass {
    min: i32,
    max: i32,
    forms: Vec<NumberForm>,
    #[serde(default)]
    digits: Vec<u8>,
    /// Between which its last four digits lie, where they are a year.
    #[serde(default)]
    last_four: Option<[i32; 2]>,
    #[serde(default = "one")]
    scale: i32,
    slot: Option<String>,
}

fn one() -> i32 {
    1
}

/// How a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum NumberForm {
    /// `25`, `1,000`
    Digits,
    /// `twenty-five`
    Words,
    /// `25th`
    OrdinalDigits,
    /// `twenty-fifth`
    OrdinalWords,
    /// `nineteen ninety-six`, `two thousand and eight`
    YearWords,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WordClass {
    slot: Option<String>,
    #[serde(default)]
    capital: bool,
    words: BTreeMap<String, Vec<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    words: BTreeMap<String, WordClass>,
    numbers: BTreeMap<String, NumberClass>,
    numerals: NumeralWords,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct NumeralWords {
    units: Vec<String>,
    tens: Vec<String>,
    ordinal_units: Vec<String>,
    ordinal_tens: Vec<String>,
    ordinal_endings: Vec<String>,
    hundred: String,
    thousand: String,
    and: String,
}

/// What number words mean, by word.
#[derive(Debug, Default)]
struct Numerals {
    parts: Vec<Option<Numeral>>,
    and: Option<WordId>,
    comma: Option<WordId>,
    hyphen: Option<WordId>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Numeral {
    Unit(i32),
    Ten(i32),
    Hundred,
    Thousand,
    OrdinalUnit(i32),
    OrdinalTen(i32),
    OrdinalEnding,
}

/// A number found in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Number {
    pub(crate) value: i32,
    pub(crate) form: NumberForm,
    /// Digits that it is written with, 0 for words.
    pub(crate) digits: u8,
    /// One past its last token.
    pub(crate) end: usize,
}

impl Lexicon {
    /// Longer words are in no list and are not looked up.
    pub(crate) const LONGEST_WORD: usize = 24;

    /// A lexicon without words, for tests.
    #[cfg(test)]
    pub(crate) fn empty() -> Self {
        Self { meanings: vec![Vec::new(); 2], ..Self::default() }
    }

    /// Reads the word lists. A fault in them is a fault of the program and is told by line.
    pub(crate) fn read(source: &str) -> Result<Self, String> {
        let file: File = toml::from_str(source).map_err(|e| e.to_string())?;
        let mut lexicon = Self { meanings: vec![Vec::new(); 2], ..Self::default() };
        for (name, class) in &file.words {
            lexicon.add_words(name, class)?;
        }
        for (name, class) in file.numbers {
            lexicon.add_numbers(name, class)?;
        }
        lexicon.add_numerals(&file.numerals);
        Ok(lexicon)
    }

    /// The word's number; [`WordId::OTHER`] if no rule knows it.
    pub(crate) fn word(&self, word: &str) -> WordId {
        self.ids.get(word).copied().unwrap_or(WordId::OTHER)
    }

    /// The word's number, given to it if it has none.
    pub(crate) fn intern(&mut self, word: &str) -> WordId {
        if let Some(id) = self.ids.get(word) {
            return *id;
        }
        let id = WordId(u16::try_from(self.meanings.len()).unwrap_or(u16::MAX));
        self.meanings.push(Vec::new());
        self.ids.insert(word.into(), id);
        id
    }

    pub(crate) fn class(&self, name: &str) -> Option<ClassId> {
        self.classes.get(name).copied()
    }

    /// How many words there are.
    pub(crate) fn len(&self) -> usize {
        self.meanings.len()
    }

    /// The words of a class.
    pub(crate) fn words_of(&self, class: u16) -> impl Iterator<Item = WordId> + '_ {
        let members = self.meanings.iter().enumerate();
        members
            .filter(move |(_, meanings)| meanings.iter().any(|m| m.class == class))
            .filter_map(|(id, _)| u16::try_from(id).ok().map(WordId))
    }

    /// What the token means in a class of words, if it belongs to it.
    pub(crate) fn meaning(&self, token: &Token, class: u16) -> Option<i32> {
        let meanings = self.meanings.get(usize::from(token.word.0))?;
        let meaning = meanings.iter().find(|m| m.class == class)?;
        (!meaning.capital || token.shape == Shape::Capital).then_some(meaning.value)
    }

    /// The number of that class that begins at token `at`.
    pub(crate) fn number(&self, tokens: &[Token], at: usize, class: u16) -> Option<Number> {
        let class = self.number_classes.get(usize::from(class))?;
        class.forms.iter().find_map(|form| {
            let number = self.numerals.read(tokens, at, *form)?;
            let fits = (class.min..=class.max).contains(&number.value)
                && (number.digits == 0 || class.digits.is_empty() || class.digits.contains(&number.digits));
            let ends = |[from, to]: [i32; 2]| (from..=to).contains(&(number.value % 10_000));
            let fits = fits && class.last_four.is_none_or(ends);
            fits.then_some(Number { value: number.value * class.scale, ..number })
        })
    }

    /// Can a number of that class begin with this word?
    pub(crate) fn begins_number(&self, word: WordId, class: u16) -> bool {
        let Some(class) = self.number_classes.get(usize::from(class)) else { return false };
        class.forms.iter().any(|form| match form {
            NumberForm::Digits | NumberForm::OrdinalDigits => word == WordId::DIGITS,
            _ => self.numerals.part(word).is_some(),
        })
    }

    /// The words that can stand in a number behind its first token.
    pub(crate) fn within_numbers(&self) -> Vec<WordId> {
        let all = (0..=u16::MAX).take(self.numerals.parts.len()).map(WordId);
        let words = all.filter(|word| self.numerals.part(*word).is_some());
        words.chain(self.numerals.and).chain(self.numerals.comma).chain(self.numerals.hyphen).collect()
    }

    fn add_words(&mut self, name: &str, class: &WordClass) -> Result<(), String> {
        let slot = slot_of(name, class.slot.as_deref())?;
        let id = u16::try_from(self.classes.len()).map_err(|e| e.to_string())?;
        self.classes.insert(name.to_owned(), ClassId::Words(id, slot));
        for (value, words) in &class.words {
            let value = match slot {
                None => 0,
                Some(slot) => {
                    slot.symbol(value).ok_or(format!("<{name}>: {value} is no value of its slot"))?
                }
            };
            for word in words {
                let word = self.intern(word);
                self.meanings[usize::from(word.0)].push(Meaning { class: id, value, capital: class.capital });
            }
        }
        Ok(())
    }

    fn add_numbers(&mut self, name: String, class: NumberClass) -> Result<(), String> {
        let slot = slot_of(&name, class.slot.as_deref())?;
        let id = u16::try_from(self.number_classes.len()).map_err(|e| e.to_string())?;
        self.classes.insert(name, ClassId::Numbers(id, slot));
        self.number_classes.push(class);
        Ok(())
    }

    fn add_numerals(&mut self, words: &NumeralWords) {
        let counted = |list: &[String], make: fn(i32) -> Numeral| -> Vec<(String, Numeral)> {
            (0..).zip(list).map(|(value, word)| (word.clone(), make(value))).collect()
        };
        let mut all = counted(&words.units, Numeral::Unit);
        all.extend(counted(&words.tens, |n| Numeral::Ten(n * 10)));
        all.extend(counted(&words.ordinal_units, Numeral::OrdinalUnit));
        all.extend(counted(&words.ordinal_tens, |n| Numeral::OrdinalTen(n * 10)));
        all.extend(words.ordinal_endings.iter().map(|word| (word.clone(), Numeral::OrdinalEnding)));
        all.push((words.hundred.clone(), Numeral::Hundred));
        all.push((words.thousand.clone(), Numeral::Thousand));
        for (word, numeral) in all.into_iter().filter(|(word, _)| !word.is_empty()) {
            let id = usize::from(self.intern(&word).0);
            self.numerals.parts.resize(self.numerals.parts.len().max(id + 1), None);
            self.numerals.parts[id] = Some(numeral);
        }
        self.numerals.and = Some(self.intern(&words.and));
        self.numerals.comma = Some(self.intern(","));
        self.numerals.hyphen = Some(self.intern("-"));
    }
}

fn slot_of(class: &str, slot: Option<&str>) -> Result<Option<Slot>, String> {
    match slot {
        None => Ok(Slot::named(class)),
        Some(name) => Slot::named(name).map(Some).ok_or(format!("<{class}>: there is no slot {name}")),
    }
}

impl Numerals {
    fn part(&self, word: WordId) -> Option<Numeral> {
        self.parts.get(usize::from(word.0)).copied().flatten()
    }

    fn at(&self, tokens: &[Token], at: usize) -> Option<Numeral> {
        self.part(tokens.get(at)?.word)
    }

    fn read(&self, tokens: &[Token], at: usize, form: NumberForm) -> Option<Number> {
        let words = |(value, end)| Number { value, form, digits: 0, end };
        match form {
            NumberForm::Digits => self.digits(tokens, at),
            NumberForm::OrdinalDigits => self.ordinal_digits(tokens, at),
            NumberForm::Words => self.cardinal(tokens, at).map(words),
            NumberForm::OrdinalWords => self.ordinal(tokens, at).map(words),
            NumberForm::YearWords => self.year(tokens, at).map(words),
        }
    }

    fn digits(&self, tokens: &[Token], at: usize) -> Option<Number> {
        let Shape::Digits { count, mut value } = tokens.get(at)?.shape else { return None };
        let (mut end, mut digits) = (at + 1, count);
        // 1,000 and 1,000,000: groups of three behind a comma.
        while let (Some(comma), Some(group)) = (tokens.get(end), tokens.get(end + 1)) {
            let Shape::Digits { count: 3, value: more } = group.shape else { break };
            let glued = comma.gap == Gap::None && group.gap == Gap::None;
            if Some(comma.word) != self.comma || !glued || value > 999_999 || count > 3 {
                break;
            }
            value = value.saturating_mul(1000).saturating_add(more);
            // A grouped number is no year and no day.
            digits = u8::MAX;
            end += 2;
        }
        Some(Number { value, form: NumberForm::Digits, digits, end })
    }

    fn ordinal_digits(&self, tokens: &[Token], at: usize) -> Option<Number> {
        let number = self.digits(tokens, at)?;
        let ending = tokens.get(number.end)?;
        let is_ending = self.part(ending.word) == Some(Numeral::OrdinalEnding) && ending.gap == Gap::None;
        is_ending.then_some(Number {
            form: NumberForm::OrdinalDigits,
            digits: 0,
            end: number.end + 1,
            ..number
        })
    }

    /// "five", "twenty-five", "two hundred and five", "three thousand".
    fn cardinal(&self, tokens: &[Token], at: usize) -> Option<(i32, usize)> {
        let (mut total, mut end) = self.below_hundred(tokens, at)?;
        for (scale, factor) in [(Numeral::Hundred, 100), (Numeral::Thousand, 1000)] {
            if self.at(tokens, end) != Some(scale) || total > 99 {
                continue;
            }
            total *= factor;
            end += 1;
            let and = tokens.get(end).is_some_and(|t| Some(t.word) == self.and);
            if let Some((rest, after)) = self.below_hundred(tokens, end + usize::from(and)) {
                (total, end) = (total + rest, after);
            }
        }
        Some((total, end))
    }

    fn below_hundred(&self, tokens: &[Token], at: usize) -> Option<(i32, usize)> {
        match self.at(tokens, at)? {
            Numeral::Unit(value) => Some((value, at + 1)),
            Numeral::Ten(value) => match self.after_hyphen(tokens, at + 1) {
                Some((Numeral::Unit(unit), end)) if (1..10).contains(&unit) => Some((value + unit, end)),
                _ => Some((value, at + 1)),
            },
            _ => None,
        }
    }

    fn ordinal(&self, tokens: &[Token], at: usize) -> Option<(i32, usize)> {
        match self.at(tokens, at)? {
            Numeral::OrdinalUnit(value) | Numeral::OrdinalTen(value) => Some((value, at + 1)),
            Numeral::Ten(value) => match self.after_hyphen(tokens, at + 1)? {
                (Numeral::OrdinalUnit(unit), end) if unit < 10 => Some((value + unit, end)),
                _ => None,
            },
            _ => None,
        }
    }

    /// "nineteen ninety-six", "nineteen oh five", "nineteen hundred and five", "two thousand (and) eight", "twenty sixteen".
    fn year(&self, tokens: &[Token], at: usize) -> Option<(i32, usize)> {
        let (first, end) = self.below_hundred(tokens, at)?;
        if self.at(tokens, end) == Some(Numeral::Thousand) {
            return self.cardinal(tokens, at);
        }
        if !(10..=21).contains(&first) {
            return None;
        }
        if self.at(tokens, end) == Some(Numeral::Hundred) {
            let and = tokens.get(end + 1).is_some_and(|t| Some(t.word) == self.and);
            return Some(match self.below_hundred(tokens, end + 1 + usize::from(and)) {
                Some((rest, after)) => (first * 100 + rest, after),
                None => (first * 100, end + 1),
            });
        }
        match self.below_hundred(tokens, end)? {
            (0, zero) => match self.at(tokens, zero)? {
                Numeral::Unit(unit) if (1..10).contains(&unit) => Some((first * 100 + unit, zero + 1)),
                _ => None,
            },
            (rest, end) if rest > 9 => Some((first * 100 + rest, end)),
            _ => None,
        }
    }

    /// The number word at `at`, or behind a hyphen there.
    fn after_hyphen(&self, tokens: &[Token], at: usize) -> Option<(Numeral, usize)> {
        let at = at + usize::from(tokens.get(at).is_some_and(|t| Some(t.word) == self.hyphen));
        self.at(tokens, at).map(|numeral| (numeral, at + 1))
    }
}
