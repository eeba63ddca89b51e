//! Rust source as far as the house rules need it: what is code, what is comment, where functions end.
//!
//! No parser: strings and comments are blanked out, and then braces can be counted.

use std::ops::Range;

/// One file's source in two views of the same length as the source itself.
pub(super) struct Source<'a> {
    /// As written.
    pub(super) text: &'a str,
    /// With comments and the insides of strings blanked.
    pub(super) code: String,
    /// With comments blanked.
    uncommented: String,
    /// Bytes of `#[cfg(test)]` items, or everything in a test file.
    tests: Vec<Range<usize>>,
}

/// One function, from `fn` to its closing brace.
pub(super) struct Function<'a> {
    /// Its name.
    pub(super) name: &'a str,
    /// Line of its `fn`, from 1.
    pub(super) line: usize,
    /// Number of lines.
    pub(super) lines: usize,
    /// Number of `bool` parameters.
    pub(super) booleans: usize,
    /// Stands in test code?
    pub(super) test: bool,
}

/// How many lines of which kind a file has; blank lines count in neither.
#[derive(Default)]
pub(super) struct Lines {
    /// Lines with code that is not test code.
    pub(super) code: usize,
    /// Lines of comment or documentation only, outside test code.
    pub(super) comment: usize,
    /// Lines of test code.
    pub(super) test: usize,
    /// All lines outside test code, blank ones too.
    pub(super) source: usize,
}

impl<'a> Source<'a> {
    /// Reads one file.
    pub(super) fn new(path: &str, text: &'a str) -> Self {
        let code = blanked(text, Blank::CommentsAndStrings);
        let tests =
            if is_test_file(path) { std::iter::once(0..text.len()).collect() } else { test_items(&code) };
        Self { text, uncommented: blanked(text, Blank::Comments), code, tests }
    }

    /// Is this byte in test code?
    pub(super) fn is_test(&self, at: usize) -> bool {
        self.tests.iter().any(|range| range.contains(&at))
    }

    /// Line of this byte, from 1.
    pub(super) fn line_of(&self, at: usize) -> usize {
        line_of(&self.text[..at])
    }

    /// Places in the code (not in comments or strings) where `word` stands as a whole word.
    pub(super) fn places<'s>(&'s self, word: &'s str) -> impl Iterator<Item = usize> + 's {
        self.code
            .match_indices(word)
            .map(|(at, _)| at)
            .filter(|&at| !self.code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_'))
    }

    /// Counts the lines.
    pub(super) fn lines(&self) -> Lines {
        let mut lines = Lines::default();
        let mut at = 0;
        for (written, bare) in self.text.split_inclusive('\n').zip(self.uncommented.split_inclusive('\n')) {
            let test = self.is_test(at);
            lines.source += usize::from(!test);
            match (written.trim().is_empty(), test, bare.trim().is_empty()) {
                (true, ..) => {}
                (_, true, _) => lines.test += 1,
                (_, _, true) => lines.comment += 1,
                _ => lines.code += 1,
            }
            at += written.len();
        }
        lines
    }

    /// All functions with a body, in the order of the file.
    pub(super) fn functions(&self) -> Vec<Function<'_>> {
        self.places("fn ").filter_map(|at| self.function(at)).collect()
    }

    fn function(&self, at: usize) -> Option<Function<'_>> {
        let head = self.code[at + 3..].trim_start();
        let name = &head[..head.find(|c: char| !c.is_alphanumeric() && c != '_')?];
        let body = body(&self.code, at).filter(|_| !name.is_empty())?;
        let end = closing(&self.code, body)?;
        Some(Function {
            name,
            line: self.line_of(at),
            lines: line_of(&self.code[at..end]),
            booleans: booleans(&self.code[at..body]),
            test: self.is_test(at),
        })
    }
}

/// Line that comes next after this text has been written, from 1.
fn line_of(before: &str) -> usize {
    before.bytes().filter(|&b| b == b'\n').count() + 1
}

fn is_test_file(path: &str) -> bool {
    let folder = |name: &str| path.starts_with(&format!("{name}/")) || path.contains(&format!("/{name}/"));
    folder("tests") || folder("benches") || folder("examples") || path.ends_with("/tests.rs")
}

/// From each `#[cfg(test)]` to the closing brace of what it stands before.
fn test_items(code: &str) -> Vec<Range<usize>> {
    let starts = code.match_indices("#[cfg(test)]").map(|(at, _)| at);
    starts.filter_map(|at| Some(at..closing(code, body(code, at + 12)?)?)).collect()
}

/// The brace that opens the body of the item at `at`; none where `;` ends it first.
fn body(code: &str, at: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (place, byte) in code.bytes().enumerate().skip(at) {
        match byte {
            b'(' | b'[' => depth += 1,
            b')' | b']' => depth = depth.saturating_sub(1),
            b'{' if depth == 0 => return Some(place),
            b';' if depth == 0 => return None,
            _ => {}
        }
    }
    None
}

/// One past the brace that closes the one at `open`.
fn closing(code: &str, open: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (place, byte) in code.bytes().enumerate().skip(open) {
        match byte {
            b'{' => depth += 1,
            b'}' if depth == 1 => return Some(place + 1),
            b'}' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// Number of parameters of type `bool` in a function's head.
fn booleans(head: &str) -> usize {
    let result = head.find("->").unwrap_or(head.len());
    head[..result]
        .split([',', '(', ')'])
        .filter_map(|parameter| parameter.split_once(':'))
        .filter(|(_, kind)| kind.trim() == "bool")
        .count()
}

/// What to blank out.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Blank {
    Comments,
    CommentsAndStrings,
}

/// The text with some of it blanked, byte for byte as long, line ends kept.
fn blanked(text: &str, blank: Blank) -> String {
    let bytes = text.as_bytes();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < bytes.len() {
        let (end, comment) = token(bytes, at);
        let hide = comment.is_some_and(|kind| kind == Blank::Comments || blank == Blank::CommentsAndStrings);
        match text.get(at..end) {
            Some(kept) if !hide => out.push_str(kept),
            // A token ends between characters, so this is always the hidden case.
            _ => out.extend(bytes[at..end].iter().map(|&b| if b == b'\n' { '\n' } else { ' ' })),
        }
        at = end;
    }
    out
}

/// The end of the comment, string or other thing at `at`, and which of the two it is, if either.
fn token(bytes: &[u8], at: usize) -> (usize, Option<Blank>) {
    let rest = &bytes[at..];
    if rest.starts_with(b"//") {
        return (at + rest.iter().position(|&b| b == b'\n').unwrap_or(rest.len()), Some(Blank::Comments));
    }
    if rest.starts_with(b"/*") {
        return (at + block_comment(rest), Some(Blank::Comments));
    }
    let starts_word = at == 0 || !is_word(bytes[at - 1]) || matches!(bytes[at - 1], b'b' | b'c');
    if let Some(length) = raw_string(rest).filter(|_| starts_word) {
        return (at + length, Some(Blank::CommentsAndStrings));
    }
    if rest[0] == b'"' {
        return (at + quoted(rest), Some(Blank::CommentsAndStrings));
    }
    if let Some(length) = character(rest) {
        return (at + length, Some(Blank::CommentsAndStrings));
    }
    (at + 1 + rest[1..].iter().take_while(|&&b| b & 0xC0 == 0x80).count(), None)
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// Length of a block comment, with those inside it.
fn block_comment(rest: &[u8]) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while at < rest.len() {
        match rest.get(at..at + 2) {
            Some(b"/*") => (depth, at) = (depth + 1, at + 2),
            Some(b"*/") => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            break;
        }
    }
    at
}

/// Length of the raw string that starts here, if one does.
fn raw_string(rest: &[u8]) -> Option<usize> {
    let marks = rest.strip_prefix(b"r")?;
    let hashes = marks.iter().take_while(|&&b| b == b'#').count();
    if marks.get(hashes) != Some(&b'"') {
        return None;
    }
    let mut end = vec![b'"'];
    end.resize(hashes + 1, b'#');
    let open = hashes + 2;
    let close = rest[open..].windows(end.len()).position(|window| window == end);
    Some(close.map_or(rest.len(), |at| open + at + end.len()))
}

/// Length of the string that starts here.
fn quoted(rest: &[u8]) -> usize {
    let mut at = 1;
    while let Some(&byte) = rest.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    rest.len()
}

/// Length of the character literal that starts here; none for a lifetime.
fn character(rest: &[u8]) -> Option<usize> {
    let inside = rest.strip_prefix(b"'")?;
    let length = match inside.first()? {
        b'\\' => 2 + inside.get(2..)?.iter().take(10).position(|&b| b == b'\'')?,
        _ => 1 + inside[1..].iter().take_while(|&&b| b & 0xC0 == 0x80).count(),
    };
    (inside.get(length) == Some(&b'\'')).then_some(length + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(blanked(text, Blank::CommentsAndStrings), expected, "{text}");
    }

    #[test]
    fn strings_and_comments_are_blanked() {
        check("a(\"}\") // }\nb", "a(   )     \nb");
        check("let c = '{'; let s: &'a str;", "let c =    ; let s: &'a str;");
        check("x /* { /* } */ { */ y", "x                   y");
        check("r#\"a\"{\"# {", "         {");
        check("'\\'' '\\u{7d}' 'é' }", "                   }");
    }

    #[test]
    fn a_function_has_lines_and_boolean_parameters() {
        let text = "fn one(a: bool, b: [u8; 2]) -> bool {\n    a\n}\n\nfn none();\n#[cfg(test)]\nmod tests {\n    fn two() {}\n}\n";
        let source = Source::new("crates/x/src/a.rs", text);
        let seen: Vec<_> = source.functions().iter().map(|f| (f.line, f.lines, f.booleans, f.test)).collect();
        assert_eq!(seen, [(1, 3, 1, false), (8, 1, 0, true)]);
    }

    #[test]
    fn lines_are_of_three_kinds() {
        let lines = Source::new("a.rs", "//! Doc\n\nfn f() {\n    // why\n    g(\"\n//\");\n}\n").lines();
        assert_eq!((lines.comment, lines.code, lines.test, lines.source), (2, 4, 0, 7));
    }
}
