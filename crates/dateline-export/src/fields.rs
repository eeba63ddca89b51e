//! A line of JSON written field by field: each string is looked at once, most go over as they are.
//!
//! An article's line is mostly the page's own words. What prints them for every page of a pile does no
//! more than it must; all else that is printed goes through serde, and both give the same bytes.

use serde::Serialize;

use crate::one_line::one_line;

/// The fields of an object, or the items of a list, that is being written.
pub(crate) struct Fields<'l> {
    line: &'l mut String,
    is_first: bool,
}

/// Writes an object: `fill` writes its fields.
pub(crate) fn object<E>(
    line: &mut String,
    fill: impl FnOnce(&mut Fields<'_>) -> Result<(), E>,
) -> Result<(), E> {
    line.push('{');
    fill(&mut Fields { line, is_first: true })?;
    line.push('}');
    Ok(())
}

impl Fields<'_> {
    /// A field that is a string, or null.
    pub(crate) fn text<'t>(&mut self, name: &str, value: impl Into<Option<&'t str>>) {
        self.name(name);
        match value.into() {
            Some(text) => push_string(self.line, text),
            None => self.line.push_str("null"),
        }
    }

    /// A field that is a pair of numbers, or null.
    pub(crate) fn pair(&mut self, name: &str, value: Option<(u32, u32)>) {
        self.name(name);
        let Some((start, end)) = value else { return self.line.push_str("null") };
        self.line.push('[');
        push_number(self.line, start);
        self.line.push(',');
        push_number(self.line, end);
        self.line.push(']');
    }

    /// A field that is a list of objects: `fill` writes the fields of each.
    pub(crate) fn objects<T>(&mut self, name: &str, items: &[T], fill: impl Fn(&mut Fields<'_>, &T)) {
        self.name(name);
        self.line.push('[');
        for (number, item) in items.iter().enumerate() {
            self.line.push_str(if number == 0 { "{" } else { ",{" });
            fill(&mut Fields { line: self.line, is_first: true }, item);
            self.line.push('}');
        }
        self.line.push(']');
    }

    /// A field of any other kind.
    pub(crate) fn value(&mut self, name: &str, value: &impl Serialize) -> Result<(), serde_json::Error> {
        self.name(name);
        self.line.push_str(&one_line(value)?);
        Ok(())
    }

    /// All fields of another object, after those that are written.
    pub(crate) fn append(&mut self, object: &impl Serialize) -> Result<(), serde_json::Error> {
        let written = one_line(object)?;
        let fields = written.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')).unwrap_or_default();
        if !fields.is_empty() {
            self.separate();
            self.line.push_str(fields);
        }
        Ok(())
    }

    fn name(&mut self, name: &str) {
        self.separate();
        self.line.push('"');
        self.line.push_str(name);
        self.line.push_str("\":");
    }

    fn separate(&mut self) {
        if !std::mem::take(&mut self.is_first) {
            self.line.push(',');
        }
    }
}

fn push_number(line: &mut String, number: u32) {
    line.push_str(itoa::Buffer::new().format(number));
}

/// Writes a string between quotation marks, what may not stand there escaped.
fn push_string(line: &mut String, text: &str) {
    line.push('"');
    let mut rest = text;
    while let Some(at) = next_escaped(rest.as_bytes()) {
        let (before, from) = rest.split_at(rest.floor_char_boundary(at));
        line.push_str(before);
        let Some(c) = from.chars().next() else { break };
        push_escaped(line, c);
        rest = &from[c.len_utf8()..];
    }
    line.push_str(rest);
    line.push('"');
}

/// The last byte of the first character that may have to be escaped.
fn next_escaped(bytes: &[u8]) -> Option<usize> {
    // Without a branch for each byte, so that the processor looks at many at once.
    let (whole, rest) = bytes.as_chunks::<STRETCH>();
    let first = whole.iter().position(hold_escaped);
    let from = first.map_or(bytes.len() - rest.len(), |first| first * STRETCH);
    let mut last = [b' '; STRETCH];
    last[..rest.len()].copy_from_slice(rest);
    if first.is_none() && !hold_escaped(&last) {
        return None;
    }
    Some(from + bytes[from..].iter().position(|byte| may_be_escaped(*byte))?)
}

/// So many bytes are looked at at once.
const STRETCH: usize = 32;

fn hold_escaped(bytes: &[u8; STRETCH]) -> bool {
    bytes.iter().fold(false, |any, byte| any | may_be_escaped(*byte))
}

/// Control characters, quotation marks, and the last bytes of what ends a line elsewhere.
fn may_be_escaped(byte: u8) -> bool {
    (byte < b' ') | (byte == b'"') | (byte == b'\\') | (byte == 0x85) | (byte == 0xA8) | (byte == 0xA9)
}

fn push_escaped(line: &mut String, c: char) {
    match c {
        '"' => line.push_str("\\\""),
        '\\' => line.push_str("\\\\"),
        '\n' => line.push_str("\\n"),
        '\r' => line.push_str("\\r"),
        '\t' => line.push_str("\\t"),
        '\u{8}' => line.push_str("\\b"),
        '\u{C}' => line.push_str("\\f"),
        '\0'..=' ' | '\u{85}' | '\u{2028}' | '\u{2029}' => line.push_str(&format!("\\u{:04x}", u32::from(c))),
        other => line.push(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) {
        let mut line = String::new();
        push_string(&mut line, text);
        assert_eq!(line, one_line(&text).unwrap(), "{text:?}");
    }

    #[test]
    fn strings_are_those_of_serde() {
        let all: String = (0..0x180).chain(0x2000..0x2040).filter_map(char::from_u32).collect();
        check(&all);
        all.chars().for_each(|c| check(&format!("{}{c}", "x".repeat(31))));
        check("");
        check(&format!("{}\"{}\n𝄞", "ж".repeat(40), "a".repeat(70)));
    }

    #[test]
    fn objects_are_those_of_serde() {
        let mut line = String::new();
        object(&mut line, |fields| {
            fields.text("a", "x");
            fields.text("b", None::<&str>);
            fields.pair("c", Some((0, u32::MAX)));
            fields.pair("d", None);
            fields.objects("e", &[1, 2], |fields, n| fields.pair("n", Some((*n, 10))));
            fields.value("f", &[true])?;
            fields.append(&serde_json::json!({}))?;
            fields.append(&serde_json::json!({ "g": 1, "h": {} }))
        })
        .unwrap();
        let expected = r#"{"a":"x","b":null,"c":[0,4294967295],"d":null,"e":[{"n":[1,10]},{"n":[2,10]}],"f":[true],"g":1,"h":{}}"#;
        assert_eq!(line, expected);
    }
}
