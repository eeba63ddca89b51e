//! The words of a record, to complete what somebody is typing. Looking all of them up in the full text for every
//! stroke of a key would go through all places of every word that begins so.

use std::collections::BTreeMap;

use crate::error::StoreError;
use crate::query::Query;
use crate::store::Store;

/// The words of a record, as its full text spells them: small letters, no accents.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary(Vec<(String, u32)>);

/// So many words may stand for a beginning, the most frequent ones.
const COMPLETIONS: usize = 5;

impl Store {
    /// All words, each with the number of reports and events that hold it.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn vocabulary(&self) -> Result<Vocabulary, StoreError> {
        let mut words: BTreeMap<String, u32> = BTreeMap::new();
        // The view of an index is a table of this connection alone; the file stays as it is.
        self.db.pragma_update(None, "query_only", false)?;
        let found =
            ["articles_text", "events_text"].iter().try_for_each(|index| self.take_words(index, &mut words));
        self.db.pragma_update(None, "query_only", true)?;
        found?;
        Ok(Vocabulary(words.into_iter().collect()))
    }

    fn take_words(&self, index: &str, words: &mut BTreeMap<String, u32>) -> Result<(), StoreError> {
        let view = format!("CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab('main', '{index}', 'row')");
        self.db.execute_batch(&view)?;
        let mut query = self.db.prepare("SELECT term, doc FROM temp.vocabulary")?;
        let rows = query.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, u32>(1)?)))?;
        for row in rows {
            let (word, reports) = row?;
            *words.entry(word).or_default() += reports;
        }
        drop(query);
        Ok(self.db.execute_batch("DROP TABLE temp.vocabulary")?)
    }
}

impl Vocabulary {
    /// The most frequent words that begin so.
    fn beginning(&self, start: &str) -> Vec<String> {
        let first = self.0.partition_point(|(word, _)| word.as_str() < start);
        let rest = self.0.get(first..).unwrap_or_default();
        let mut found: Vec<&(String, u32)> =
            rest.iter().take_while(|(word, _)| word.starts_with(start)).collect();
        found.sort_by(|(a, m), (b, n)| n.cmp(m).then_with(|| a.cmp(b)));
        found.into_iter().take(COMPLETIONS).map(|(word, _)| word.clone()).collect()
    }
}

impl Query {
    /// The last word, if it is only a beginning, as the words of the record that begin so.
    #[must_use]
    pub fn completed(mut self, words: &Vocabulary) -> Self {
        let last = self.words.last().filter(|_| self.is_unfinished);
        if let Some(last) = last.filter(|word| word.chars().all(char::is_alphanumeric)) {
            self.completions = words.beginning(&last.to_lowercase());
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_beginning_stands_for_the_most_frequent_words() {
        let words = [("cap", 3), ("cape", 9), ("car", 1), ("north", 2)];
        let words = Vocabulary(words.map(|(word, n)| (word.to_owned(), n)).into());
        for (typed, expected) in [
            ("north Cap", r#""north" AND ("cape" OR "cap")"#),
            ("north Cape ", r#""north" AND "Cape""#),
            // What no report holds is looked for as it stands.
            ("north capital", r#""north" AND "capital" *"#),
        ] {
            let query = Query::typed(typed).unwrap().completed(&words);
            assert_eq!(query.words_matching(), expected, "{typed}");
        }
    }
}
