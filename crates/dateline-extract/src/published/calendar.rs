//! The words that dates are written with, in the languages of `data/extract/calendar.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::flat::sieve::Sieve;

/// Months, weekdays, joining words and zones, folded to lower case and sorted for look-up.
#[derive(Debug)]
pub(crate) struct Calendar {
    months: Words<i8>,
    weekdays: Words<i8>,
    within: Words<()>,
    before_time: Words<()>,
    before_day: Vec<String>,
    after_time: Words<()>,
    zones: Words<Option<i16>>,
}

impl Calendar {
    /// Reads the data file that is compiled in.
    pub(crate) fn new() -> Self {
        let file: CalendarFile = toml::from_str(include_str!("../../../../data/extract/calendar.toml"))
            .expect("calendar.toml is checked by a test");
        let zones = file.zones.fixed.into_iter().map(|(name, minutes)| (name, Some(minutes)));
        let open = file.zones.open.into_iter().map(|name| (name, None));
        Self {
            months: Words::numbered(file.months),
            weekdays: Words::numbered(file.weekdays),
            within: Words::plain(file.joiners.within),
            before_time: Words::plain(file.joiners.before_time),
            before_day: file.joiners.before_day,
            after_time: Words::plain(file.joiners.after_time),
            zones: Words::new(zones.chain(open)),
        }
    }

    /// The month that `word` names, from 1.
    pub(crate) fn month(&self, word: &str) -> Option<i8> {
        self.months.find(word)
    }

    /// The weekday that `word` names, from 1 for Monday.
    pub(crate) fn weekday(&self, word: &str) -> Option<i8> {
        self.weekdays.find(word)
    }

    /// May `word` stand between the parts of a date, or end its number ("23rd", "de")?
    pub(crate) fn joins_date(&self, word: &str) -> bool {
        self.within.find(word).is_some()
    }

    /// May `word` stand between a day and its time ("at", "um")?
    pub(crate) fn leads_time(&self, word: &str) -> bool {
        self.before_time.find(word).is_some()
    }

    /// May `word`, in small letters, stand between a time and its day ("on", "am")?
    pub(crate) fn leads_day(&self, word: &str) -> bool {
        self.before_day.iter().any(|lead| lead == word)
    }

    /// May `word` follow a time ("Uhr")?
    pub(crate) fn follows_time(&self, word: &str) -> bool {
        self.after_time.find(word).is_some()
    }

    /// The zone that `word` names: its offset in minutes, or none where the name alone does not say.
    pub(crate) fn zone(&self, word: &str) -> Option<Option<i16>> {
        self.zones.find(word)
    }
}

#[derive(Deserialize)]
struct CalendarFile {
    months: BTreeMap<String, [String; 12]>,
    weekdays: BTreeMap<String, [String; 7]>,
    joiners: JoinersFile,
    zones: ZonesFile,
}

#[derive(Deserialize)]
struct JoinersFile {
    within: Vec<String>,
    before_time: Vec<String>,
    before_day: Vec<String>,
    after_time: Vec<String>,
}

#[derive(Deserialize)]
struct ZonesFile {
    open: Vec<String>,
    fixed: BTreeMap<String, i16>,
}

/// A table of folded words.
#[derive(Debug)]
struct Words<T> {
    sorted: Vec<(String, T)>,
    /// The ends and length of each word: most words of a page do not get past it.
    seen: Sieve<64>,
}

/// What a word is known by in the sieve.
fn mixed(folded: &str) -> u64 {
    let bytes = folded.as_bytes();
    let ends = (bytes.first().copied().unwrap_or_default(), bytes.last().copied().unwrap_or_default());
    u64::from(ends.0) * 67 + u64::from(ends.1) * 1031 + bytes.len() as u64 * 257
}

/// Longer words than this are in no table, and are not folded to be looked up.
const LONGEST_WORD: usize = 32;

impl<T: Copy> Words<T> {
    fn new(words: impl Iterator<Item = (String, T)>) -> Self {
        let mut table: Vec<_> = words.map(|(word, value)| (word.to_lowercase(), value)).collect();
        table.sort_by(|a, b| a.0.cmp(&b.0));
        table.dedup_by(|a, b| a.0 == b.0);
        let mut seen = Sieve::default();
        table.iter().for_each(|(word, _)| seen.add(mixed(word)));
        Self { sorted: table, seen }
    }

    fn find(&self, word: &str) -> Option<T> {
        if word.is_empty() || word.len() > LONGEST_WORD {
            return None;
        }
        let find = |folded: &str| {
            if !self.seen.may_hold(mixed(folded)) {
                return None;
            }
            let at = self.sorted.binary_search_by(|entry| entry.0.as_str().cmp(folded)).ok()?;
            Some(self.sorted[at].1)
        };
        if !word.is_ascii() {
            return find(&word.to_lowercase());
        }
        let mut room = [0; LONGEST_WORD];
        let small = room.get_mut(..word.len())?;
        small.copy_from_slice(word.as_bytes());
        small.make_ascii_lowercase();
        find(std::str::from_utf8(small).ok()?)
    }
}

impl Words<()> {
    fn plain(words: Vec<String>) -> Self {
        Self::new(words.into_iter().map(|word| (word, ())))
    }
}

impl Words<i8> {
    /// Each entry holds the forms of one month or weekday, in the calendar's order.
    fn numbered<const N: usize>(languages: BTreeMap<String, [String; N]>) -> Self {
        let forms = languages.into_values().flat_map(|entries| (1..).zip(entries));
        Self::new(forms.flat_map(|(number, entry)| {
            entry.split_whitespace().map(|form| (form.to_owned(), number)).collect::<Vec<_>>()
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_any_case() {
        let calendar = Calendar::new();
        assert_eq!(calendar.month("DEZEMBER"), Some(12));
        assert_eq!(calendar.month("янв"), Some(1));
        assert_eq!(calendar.month("sometime"), None);
        assert_eq!(calendar.weekday("lunes"), Some(1));
        assert_eq!(calendar.zone("ET"), Some(None));
        assert_eq!(calendar.zone("CEST"), Some(Some(120)));
    }

    #[test]
    fn no_word_names_two_months() {
        let file: CalendarFile =
            toml::from_str(include_str!("../../../../data/extract/calendar.toml")).unwrap();
        let mut seen = BTreeMap::new();
        for (language, months) in file.months {
            for (number, forms) in months.iter().enumerate() {
                for form in forms.split_whitespace() {
                    let first = *seen.entry(form.to_lowercase()).or_insert(number);
                    assert_eq!(first, number, "{form} in {language}");
                }
            }
        }
    }
}
