//! A report's accounts of events as they are printed, and as they are read back.
//!
//! Inside, words stand at bytes of the body or of the headline; printed, they stand at code points, as a citation
//! does: `{"start": 38, "end": 47, "quote": "Wednesday"}`, with `of` where it is not the body.

use dateline_model::{Account, CitedText, CodePoints, Span, Words};
use serde_json::{Map, Value, json};

/// The accounts, their words at code points of `text` and `headline`.
pub(crate) fn accounts_value(
    accounts: &[Account],
    text: &str,
    headline: &str,
) -> Result<Value, serde_json::Error> {
    // By way of a string, so that numbers are printed as short as they are.
    let mut value = serde_json::from_str(&serde_json::to_string(accounts)?)?;
    let (text, headline) = (CodePoints::new(text), CodePoints::new(headline));
    let pair = |index: &CodePoints, span: Span| (index.of(span.range().start), index.of(span.range().end));
    each_object(&mut value, &mut |object| {
        let Some(words) = words(object) else { return Ok(()) };
        let (of, span) = match words.of {
            CitedText::Body(span) => (None, Some(pair(&text, span))),
            CitedText::Headline(span) => (Some("headline"), Some(pair(&headline, span))),
            CitedText::Published => (Some("published"), None),
        };
        *object = printed(of, span, words.quote);
        Ok::<_, serde_json::Error>(())
    })?;
    Ok(value)
}

fn words(object: &Map<String, Value>) -> Option<Words> {
    (object.len() == 2 && object.contains_key("of") && object.contains_key("quote"))
        .then(|| serde_json::from_value(Value::Object(object.clone())).ok())?
}

fn printed(of: Option<&str>, span: Option<(u32, u32)>, quote: String) -> Map<String, Value> {
    let mut object = Map::new();
    if let Some(of) = of {
        object.insert("of".to_owned(), of.into());
    }
    if let Some((start, end)) = span {
        object.insert("start".to_owned(), start.into());
        object.insert("end".to_owned(), end.into());
    }
    object.insert("quote".to_owned(), quote.into());
    object
}

/// The accounts that a line prints; or which words do not stand where it says.
pub(crate) fn accounts_of_value(
    mut value: Value,
    text: &str,
    headline: &str,
) -> Result<Vec<Account>, String> {
    let (text, headline) = (Places::new(text), Places::new(headline));
    each_object(&mut value, &mut |object| {
        let Some(quote) = object.get("quote").and_then(Value::as_str) else { return Ok(()) };
        let at = |name: &str| object.get(name).and_then(Value::as_u64);
        let span = |places: &Places<'_>| {
            let span = places.span(at("start"), at("end")).filter(|span| places.words(*span) == Some(quote));
            span.ok_or_else(|| format!("{quote:?} does not stand where the line says"))
        };
        let of = match object.get("of").and_then(Value::as_str) {
            None => CitedText::Body(span(&text)?),
            Some("headline") => CitedText::Headline(span(&headline)?),
            Some("published") => CitedText::Published,
            Some(other) => return Err(format!("there is no text {other:?}")),
        };
        let words = json!(Words { of, quote: quote.to_owned() });
        if let Value::Object(words) = words {
            *object = words;
        }
        Ok(())
    })?;
    serde_json::from_value(value).map_err(|error| format!("`accounts`: {error}"))
}

/// Calls `change` on every object within `value`, inner ones first. A line's nesting is that of its parser, which
/// has a bound.
fn each_object<E>(
    value: &mut Value,
    change: &mut impl FnMut(&mut Map<String, Value>) -> Result<(), E>,
) -> Result<(), E> {
    match value {
        Value::Array(items) => items.iter_mut().try_for_each(|item| each_object(item, change)),
        Value::Object(object) => {
            object.values_mut().try_for_each(|item| each_object(item, change))?;
            change(object)
        }
        _ => Ok(()),
    }
}

/// From code points of a text back to its bytes.
pub(crate) struct Places<'t> {
    text: &'t str,
    /// Where each code point begins, and the end; none for ASCII, where a code point is a byte.
    starts: Option<Vec<u32>>,
}

impl<'t> Places<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        let starts = (!text.is_ascii())
            .then(|| text.char_indices().map(|(at, _)| at as u32).chain([text.len() as u32]).collect());
        Self { text, starts }
    }

    /// The bytes from code point `start` to `end`, where there are such.
    pub(crate) fn span(&self, start: Option<u64>, end: Option<u64>) -> Option<Span> {
        let byte = |at: u64| match &self.starts {
            Some(starts) => starts.get(usize::try_from(at).ok()?).copied(),
            None => u32::try_from(at).ok(),
        };
        let (start, end) = (byte(start?)?, byte(end?)?);
        (start <= end && end as usize <= self.text.len()).then(|| Span::new(start, end))
    }

    /// The words there.
    pub(crate) fn words(&self, span: Span) -> Option<&'t str> {
        self.text.get(span.range())
    }
}

#[cfg(test)]
mod tests {
    use dateline_model::{Prominence, ToldSource};

    use super::*;

    fn account(of: CitedText, quote: &str) -> Account {
        let words = Words { of, quote: quote.to_owned() };
        Account {
            acts: Vec::new(),
            times: Vec::new(),
            places: Vec::new(),
            parties: Vec::new(),
            counts: Vec::new(),
            sources: vec![ToldSource { key: "orsk".to_owned(), words: words.clone() }],
            prominence: Prominence::Lead,
            telling: vec![words],
        }
    }

    #[test]
    fn accounts_come_back_as_they_were() {
        let (text, headline) = ("né à Orsk", "Orsk à midi");
        for (of, quote, printed) in [
            (CitedText::Body(Span::new(7, 11)), "Orsk", json!({"start": 5, "end": 9, "quote": "Orsk"})),
            (
                CitedText::Headline(Span::new(5, 12)),
                "à midi",
                json!({"of": "headline", "start": 5, "end": 11, "quote": "à midi"}),
            ),
            (CitedText::Published, "2016", json!({"of": "published", "quote": "2016"})),
        ] {
            let accounts = [account(of, quote)];
            let value = accounts_value(&accounts, text, headline).unwrap();
            assert_eq!(value[0]["telling"][0], printed);
            assert_eq!(accounts_of_value(value, text, headline).unwrap(), accounts);
        }
    }

    #[test]
    fn words_that_do_not_stand_there_are_refused() {
        let value = accounts_value(&[account(CitedText::Body(Span::new(0, 4)), "Orsk")], "Orsk", "").unwrap();
        for (text, holds) in [("Orsk", true), ("Orsh", false), ("Or", false), ("Ørsk", false)] {
            assert_eq!(accounts_of_value(value.clone(), text, "").is_ok(), holds, "{text}");
        }
    }
}
