//! A JSON reader that knows where every value stands and never gives up.
//!
//! Pages carry their structured data as JSON that people glue together from templates: stray commas,
//! raw line breaks, comments, a missing bracket at the end. This reader takes what it can: it walks
//! the marks one by one with a stack of its own, so nesting costs no recursion and damage costs only
//! the damaged value.

use std::borrow::Cow;
use std::ops::Range;

/// The objects of one piece of JSON, arrays flattened into their owner's fields.
#[derive(Debug, Default)]
pub(crate) struct Json {
    /// Objects in the order they open.
    pub(crate) objects: Vec<JsonObject>,
    /// Fields in the order they stand.
    fields: Vec<JsonField>,
}

/// One object.
#[derive(Debug)]
pub(crate) struct JsonObject {
    /// The object that holds it, and the field's key there.
    pub(crate) parent: Option<(usize, Range<usize>)>,
}

/// One key with one value; an array's items are fields of the same key.
#[derive(Debug)]
pub(crate) struct JsonField {
    /// The object that holds it.
    pub(crate) object: usize,
    /// The key, without quotes.
    pub(crate) key: Range<usize>,
    /// The value.
    pub(crate) value: JsonValue,
}

/// A value and its place.
#[derive(Debug)]
pub(crate) enum JsonValue {
    /// A string, without quotes, escapes as they stand.
    Text(Range<usize>),
    /// A number, true, false or null: nothing that a reader of words wants.
    Bare,
    /// An object, by its index.
    Object(usize),
}

/// Objects beyond this many are not read: no page's own data is that large.
const MOST_OBJECTS: usize = 20_000;

impl Json {
    /// Reads the part `range` of `text`; all places count into `text`.
    pub(crate) fn read(text: &str, range: Range<usize>) -> Self {
        let mut reader = Reader { text, json: Self::default(), frames: Vec::new() };
        reader.run(range);
        // Stable, so that each object's fields keep their order.
        reader.json.fields.sort_by_key(|f| f.object);
        reader.json
    }

    /// The fields of one object, in the order they stand.
    pub(crate) fn fields_of(&self, object: usize) -> &[JsonField] {
        let start = self.fields.partition_point(|f| f.object < object);
        let end = self.fields.partition_point(|f| f.object <= object);
        &self.fields[start..end]
    }
}

/// What the reader stands in.
enum Frame {
    /// An object; the key whose value is due, if one was read.
    Object { object: usize, key: Option<Range<usize>> },
    /// An array, which stands for the field that holds it.
    Array { owner: Option<(usize, Range<usize>)> },
}

struct Reader<'a> {
    text: &'a str,
    json: Json,
    frames: Vec<Frame>,
}

impl Reader<'_> {
    fn run(&mut self, range: Range<usize>) {
        let bytes = &self.text.as_bytes()[..range.end];
        let mut at = range.start;
        while at < bytes.len() && self.json.objects.len() < MOST_OBJECTS {
            at = match bytes[at] {
                b'{' => self.open_object(at),
                b'[' => self.open_array(at),
                b'}' | b']' => self.close(at),
                b'"' => self.string(bytes, at),
                b'-' | b'0'..=b'9' | b'a'..=b'z' => self.bare(bytes, at),
                _ => at + 1,
            };
        }
    }

    fn open_object(&mut self, at: usize) -> usize {
        let parent = self.owner();
        let object = self.json.objects.len();
        if let Some((object_of, key)) = parent.clone() {
            self.json.fields.push(JsonField { object: object_of, key, value: JsonValue::Object(object) });
        }
        self.json.objects.push(JsonObject { parent });
        self.settle();
        self.frames.push(Frame::Object { object, key: None });
        at + 1
    }

    fn open_array(&mut self, at: usize) -> usize {
        let owner = self.owner();
        self.settle();
        self.frames.push(Frame::Array { owner });
        at + 1
    }

    /// Closes the innermost frame, whichever bracket was meant: a wrong one is damage either way.
    fn close(&mut self, at: usize) -> usize {
        self.frames.pop();
        at + 1
    }

    fn string(&mut self, bytes: &[u8], at: usize) -> usize {
        let inner = at + 1..string_end(bytes, at + 1);
        let next = (inner.end + 1).min(bytes.len());
        if let Some(Frame::Object { key, .. }) = self.frames.last_mut()
            && colon_follows(bytes, next)
        {
            *key = Some(inner);
            return next;
        }
        self.value(JsonValue::Text(inner));
        next
    }

    fn bare(&mut self, bytes: &[u8], at: usize) -> usize {
        let bare = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'+' | b'.');
        let end = at + bytes[at..].iter().take_while(|b| bare(b)).count();
        self.value(JsonValue::Bare);
        end.max(at + 1)
    }

    fn value(&mut self, value: JsonValue) {
        if let Some((object, key)) = self.owner() {
            self.json.fields.push(JsonField { object, key, value });
        }
        self.settle();
    }

    /// The object and key that the next value belongs to.
    fn owner(&self) -> Option<(usize, Range<usize>)> {
        match self.frames.last()? {
            Frame::Object { object, key } => Some((*object, key.clone()?)),
            Frame::Array { owner } => owner.clone(),
        }
    }

    /// The key has had its value.
    fn settle(&mut self) {
        if let Some(Frame::Object { key, .. }) = self.frames.last_mut() {
            *key = None;
        }
    }
}

/// Where the string that starts at `at` ends: at its quote, or at the end of the JSON.
pub(crate) fn string_end(bytes: &[u8], at: usize) -> usize {
    let mut at = at;
    while let Some(step) = bytes.get(at..).and_then(|rest| memchr::memchr2(b'"', b'\\', rest)) {
        if bytes[at + step] == b'"' {
            return at + step;
        }
        at = (at + step + 2).min(bytes.len());
    }
    bytes.len()
}

fn colon_follows(bytes: &[u8], at: usize) -> bool {
    bytes[at..].iter().find(|b| !b.is_ascii_whitespace()) == Some(&b':')
}

/// The string that `raw` stands for, its escapes resolved.
pub(crate) fn unescaped(raw: &str) -> Cow<'_, str> {
    if !raw.contains('\\') {
        return Cow::Borrowed(raw);
    }
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        rest = escape(rest, &mut out);
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Resolves the escape that `rest` begins with and gives what follows it.
fn escape<'a>(rest: &'a str, out: &mut String) -> &'a str {
    let Some(mark) = rest.chars().next() else { return rest };
    let after = &rest[mark.len_utf8()..];
    match mark {
        'n' | 'r' | 't' | 'b' | 'f' => out.push(' '),
        'u' => return unicode_escape(after, out),
        other => out.push(other),
    }
    after
}

fn unicode_escape<'a>(rest: &'a str, out: &mut String) -> &'a str {
    let unit = |s: &str| s.get(..4).and_then(|hex| u32::from_str_radix(hex, 16).ok());
    let Some(high) = unit(rest) else { return rest };
    let low = rest[4..].strip_prefix("\\u").and_then(unit).filter(|low| (0xDC00..0xE000).contains(low));
    if let (0xD800..0xDC00, Some(low)) = (high, low) {
        let both = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
        out.push(char::from_u32(both).unwrap_or('\u{FFFD}'));
        return &rest[10..];
    }
    out.push(char::from_u32(high).unwrap_or('\u{FFFD}'));
    &rest[4..]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each text or bare field as `object key value`.
    fn check(input: &str, expected: &[&str]) {
        let json = Json::read(input, 0..input.len());
        let got: Vec<String> = json
            .fields
            .iter()
            .map(|f| {
                let value = match &f.value {
                    JsonValue::Text(r) => unescaped(&input[r.clone()]).into_owned(),
                    JsonValue::Bare => "·".to_owned(),
                    JsonValue::Object(n) => format!("#{n}"),
                };
                format!("{} {} {value}", f.object, &input[f.key.clone()])
            })
            .collect();
        assert_eq!(got, expected, "{input}");
    }

    #[test]
    fn sound_json() {
        check(
            r#"{"a": "x", "b": [1, {"c": null}], "d": true}"#,
            &["0 a x", "0 b ·", "0 b #1", "0 d ·", "1 c ·"],
        );
        check(r#"[{"a":"\u00e9\ud83d\ude00\/"}]"#, &["0 a é😀/"]);
        check("", &[]);
    }

    #[test]
    fn damaged_json() {
        check("// <![CDATA[\n{\"a\": \"x\ny\",, \"b\": \"z\"", &["0 a x\ny", "0 b z"]);
        check(r#"{"a": }, {"b": "c\"#, &["1 b c"]);
        check(r#"}}]]{"a":"b"}"#, &["0 a b"]);
        check(r#"{"a" "b" : "c"}"#, &["0 b c"]);
    }

    #[test]
    fn deep_json_is_read_without_recursion() {
        let deep = "[".repeat(200_000) + &"{\"a\":".repeat(200_000);
        assert_eq!(Json::read(&deep, 0..deep.len()).objects.len(), MOST_OBJECTS);
    }
}
