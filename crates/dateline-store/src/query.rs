//! What a user asks for: words and phrases, and fields such as `speaker:` or `date:2016-10..2017`.

use dateline_model::Days;
use jiff::civil::Date;

/// A search, taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// Words and phrases, all of which must be there.
    pub words: Vec<String>,
    /// `speaker:` who says it.
    pub speaker: Option<String>,
    /// `publisher:` the outlet.
    pub publisher: Option<String>,
    /// `type:` PLOVER's type or mode.
    pub event_type: Option<String>,
    /// `place:` where.
    pub place: Option<String>,
    /// `date:` first and last day.
    pub days: Option<(Date, Date)>,
    /// Is the last of the words only its beginning, as while somebody types?
    pub is_unfinished: bool,
    /// Words that the last one may become; none where that is not known.
    pub(crate) completions: Vec<String>,
}

/// Fewer letters begin too many words.
const BEGINNING: usize = 3;

impl Query {
    /// Takes a query apart. A field that is not known is searched for as words.
    ///
    /// # Errors
    /// When a date cannot be read: then there is nothing sensible to look for.
    pub fn parse(query: &str) -> Result<Self, QueryError> {
        let mut parsed = Self::default();
        for piece in pieces(query) {
            match piece.split_once(':') {
                Some(("speaker", value)) => parsed.speaker = Some(bare(value)),
                Some(("publisher", value)) => parsed.publisher = Some(bare(value)),
                Some(("type", value)) => parsed.event_type = Some(bare(value)),
                Some(("place", value)) => parsed.place = Some(bare(value)),
                Some(("date", value)) => parsed.days = Some(range(&bare(value))?),
                _ => parsed.words.push(bare(&piece)),
            }
        }
        parsed.words.retain(|word| word.chars().any(char::is_alphanumeric));
        Ok(parsed)
    }

    /// Takes apart what somebody is typing: the last word may be only its beginning.
    ///
    /// # Errors
    /// When a date cannot be read.
    pub fn typed(query: &str) -> Result<Self, QueryError> {
        let mut parsed = Self::parse(query)?;
        let last = pieces(query).pop().map(|piece| bare(&piece));
        let is_open = query.ends_with(char::is_alphanumeric) && last.as_ref() == parsed.words.last();
        parsed.is_unfinished = is_open && last.is_some_and(|word| word.chars().count() >= BEGINNING);
        Ok(parsed)
    }

    /// The words as FTS5 reads them, all of which must be there.
    pub(crate) fn words_matching(&self) -> String {
        self.parts_matching().join(" AND ")
    }

    /// Each word or phrase as FTS5 reads it.
    pub(crate) fn parts_matching(&self) -> Vec<String> {
        let mut parts: Vec<String> = self.words.iter().map(|word| matching([word])).collect();
        if let Some(last) = parts.last_mut().filter(|_| self.is_unfinished) {
            let choices: Vec<String> = self.completions.iter().map(|word| matching([word])).collect();
            *last =
                if choices.is_empty() { format!("{last} *") } else { format!("({})", choices.join(" OR ")) };
        }
        parts
    }

    /// Does it ask for nothing?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A date in a query that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("date:{0} is no date; write date:2016-10-19, date:2016-10, date:2016 or date:2016-10..2017")]
pub struct QueryError(String);

/// Parted at white space; what stands in quotation marks stays together.
fn pieces(query: &str) -> Vec<String> {
    let (mut pieces, mut piece, mut quoted) = (Vec::new(), String::new(), false);
    for c in query.chars() {
        match c {
            '"' | '“' | '”' => {
                quoted = !quoted;
                piece.push('"');
            }
            c if c.is_whitespace() && !quoted => pieces.push(std::mem::take(&mut piece)),
            c => piece.push(c),
        }
    }
    pieces.push(piece);
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

fn bare(value: &str) -> String {
    value.trim_matches('"').to_owned()
}

/// `2016`, `2016-10`, `2016-10-19`, `2016-10..2017`, `..2017`, `2016..`.
fn range(value: &str) -> Result<(Date, Date), QueryError> {
    let wrong = || QueryError(value.to_owned());
    let (first, last) = value.split_once("..").unwrap_or((value, value));
    let first = if first.is_empty() { Date::MIN } else { first.parse::<Days>().map_err(|_| wrong())?.first };
    let last = if last.is_empty() {
        Date::constant(9999, 12, 31)
    } else {
        last.parse::<Days>().map_err(|_| wrong())?.last
    };
    Ok((first, last))
}

/// Words and phrases as FTS5 reads them: each quoted, so that no sign in them is an operator. A NUL would end
/// the query.
pub(crate) fn matching(words: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    let quoted = |word: &str| format!("\"{}\"", word.replace('"', "\"\"").replace('\0', " "));
    words.into_iter().map(|word| quoted(word.as_ref())).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_taken_apart() {
        let query =
            Query::parse("ferry \"north cape\" speaker:\"Ada Brenn\" type:CONSULT date:2016-10..2017");
        let query = query.unwrap();
        assert_eq!(query.words, ["ferry", "north cape"]);
        assert_eq!(query.speaker.as_deref(), Some("Ada Brenn"));
        assert_eq!(query.event_type.as_deref(), Some("CONSULT"));
        let days = query.days.map(|(first, last)| format!("{first} {last}"));
        assert_eq!(days.as_deref(), Some("2016-10-01 2017-12-31"));
    }

    #[test]
    fn the_last_word_of_what_is_typed_may_be_a_beginning() {
        for (query, expected) in [
            ("ferry ca", r#""ferry" AND "ca""#),
            ("ferry cap", r#""ferry" AND "cap" *"#),
            ("ferry cap ", r#""ferry" AND "cap""#),
            ("ferry \"north cap\"", r#""ferry" AND "north cap""#),
            ("ferry publisher:karna", r#""ferry""#),
            ("publisher:karna", ""),
        ] {
            assert_eq!(Query::typed(query).unwrap().words_matching(), expected, "{query}");
        }
    }

    #[test]
    fn a_date_that_is_none_is_named() {
        for (query, good) in [("date:2016", true), ("date:..2017-02", true), ("date:soon", false)] {
            assert_eq!(Query::parse(query).is_ok(), good, "{query}");
        }
    }

    #[test]
    fn signs_are_no_operators() {
        assert_eq!(matching(["a\"b", "c OR d"]), "\"a\"\"b\" \"c OR d\"");
        assert!(Query::parse("- * ()").unwrap().is_empty());
    }
}
