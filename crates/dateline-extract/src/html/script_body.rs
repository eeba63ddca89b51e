//! The report out of a page's scripts: some pages print it only once their scripts have run, and carry
//! it as a string of JSON, or as a list of strings, with or without markup.
//!
//! The string's characters keep their bytes: escapes are read one by one, and markup inside the string is
//! parsed as a page of its own over that text.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::LazyLock;

use dateline_model::MappedText;
use serde::Deserialize;

use super::block::blocks;
use super::document::Document;
use super::json_text::json_text;
use super::tag::Tag;
use crate::structured::json::{Json, JsonValue};

/// A script with fewer bytes holds no report.
const LEAST_SCRIPT: usize = 500;
/// Scripts are read up to here, all together.
const MOST_SCRIPT: usize = 8 << 20;
/// The state of a page begins this close to its script's beginning: `window.__STATE__ = {`.
const ASSIGNMENT: usize = 200;
/// A shorter string is a label.
const LEAST_STRING: usize = 30;

#[derive(Deserialize)]
struct Keys {
    bodies: Vec<String>,
}

static KEYS: LazyLock<Keys> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../../data/extract/structured.toml"))
        .expect("data/extract/structured.toml is part of the build and tested")
});

/// The longest body of text that stands under one key of one script.
pub(super) fn script_body(page: &Document<'_>) -> Option<MappedText> {
    let source = page.source().as_str();
    let mut room = MOST_SCRIPT;
    let mut best: Vec<Range<usize>> = Vec::new();
    for id in page.elements(Tag::Script) {
        let Some(script) = page.raw_text(id).map(dateline_model::Span::range) else { continue };
        if script.len() < LEAST_SCRIPT || script.len() > room {
            continue;
        }
        room -= script.len();
        let Some(state) = state(source, script) else { continue };
        for strings in by_key(source, state) {
            if total(&strings) > total(&best) {
                best = strings;
            }
        }
    }
    (!best.is_empty()).then(|| joined(page.source(), &best))
}

/// Where the script's data begins: it is all data, or assigns it to a name.
fn state(source: &str, script: Range<usize>) -> Option<Range<usize>> {
    let opening = source[script.clone()].find(['{', '['])?;
    let before = source[script.start..script.start + opening].trim_end();
    let assigns = before.is_empty() || before.ends_with(['=', '(']) && !before.contains("function");
    (opening <= ASSIGNMENT && assigns).then_some(script.start + opening..script.end)
}

/// The strings of running text under each key that may hold a body, each string once.
fn by_key(source: &str, state: Range<usize>) -> impl Iterator<Item = Vec<Range<usize>>> {
    let json = Json::read(source, state);
    let mut strings: BTreeMap<&str, Vec<Range<usize>>> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for field in (0..json.objects.len()).flat_map(|object| json.fields_of(object)) {
        let JsonValue::Text(place) = &field.value else { continue };
        let (key, words) = (&source[field.key.clone()], &source[place.clone()]);
        if is_running_text(words) && KEYS.bodies.iter().any(|body| body == key) && seen.insert(words) {
            strings.entry(key).or_default().push(place.clone());
        }
    }
    strings.into_values()
}

/// Has it the blanks of running text, rather than being an address or a list of classes?
fn is_running_text(words: &str) -> bool {
    let blanks = memchr::memchr_iter(b' ', words.as_bytes()).count();
    words.len() >= LEAST_STRING && blanks * 16 >= words.len() && !words.starts_with("http")
}

fn total(strings: &[Range<usize>]) -> usize {
    strings.iter().map(Range::len).sum()
}

/// The strings, parted by blank lines, in the order of the page.
fn joined(source: &MappedText, strings: &[Range<usize>]) -> MappedText {
    let mut strings = strings.to_vec();
    strings.sort_by_key(|string| string.start);
    let mut text = MappedText::new();
    for string in strings {
        for paragraph in paragraphs(json_text(source, string)) {
            if !text.is_empty() {
                text.push_separator("\n\n");
            }
            text.push_part(&paragraph, 0..paragraph.len());
        }
    }
    text
}

/// The string itself, or the blocks of the markup in it.
fn paragraphs(body: MappedText) -> Vec<MappedText> {
    let marked_up = body.as_str().contains("</") || body.as_str().contains("<br");
    if !marked_up {
        return vec![body];
    }
    let page = Document::parse(&body);
    blocks(&page).into_iter().map(|block| block.text).filter(|text| !text.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode;

    fn check(script: &str, expected: Option<&str>) {
        let padding = "\"unused\": \"x\", ".repeat(40);
        let script = script.replacen('{', &format!("{{{padding}"), 1);
        let page = format!("<div id=root></div><script>{script}</script>");
        let text = decode(page.as_bytes(), "utf-8");
        let found = script_body(&Document::parse(&text));
        assert_eq!(found.as_ref().map(MappedText::as_str), expected, "{script}");
        for stretch in found.iter().flat_map(MappedText::map) {
            assert!(stretch.bytes.range().end <= page.len());
        }
    }

    #[test]
    fn reports_are_found_in_the_state_of_a_page() {
        check(
            r#"{"props":{"article":{"title":"Talks","body":"The ministers met in Graz on Monday.\n\nThey left."}}}"#,
            Some("The ministers met in Graz on Monday.\n\nThey left."),
        );
        check(
            r#"window.__STATE__ = {"content":"\u003cp>The ministers met in \u201cGraz\u201d on Monday.\u003c/p>\u003cp>They left at noon &amp; said no more.\u003c/p>"}"#,
            Some("The ministers met in “Graz” on Monday.\n\nThey left at noon & said no more."),
        );
        check(
            r#"{"blocks":[{"text":"The two ministers met in Graz on Monday."},{"text":"They left for Vienna in the evening."}]}"#,
            Some("The two ministers met in Graz on Monday.\n\nThey left for Vienna in the evening."),
        );
        check(r#"{"text":"https://example.org/a long way from here to there"}"#, None);
        check(r#"if (x) { run({"text":"not the data of a page but a part of a program"}) }"#, None);
    }
}
