//! Which stretches of a text are quoted speech? Marks are lost and doubled in real pages, so a mark
//! counts for what it looks like, and no quotation runs on for ever.

use dateline_model::Span;

/// Bytes after which an open quotation is taken for a lost mark.
const LONGEST_BYTES: usize = 2400;
/// Single marks are apostrophes more often than not; what they hold must be longer than a title.
const SHORTEST_SINGLE_BYTES: usize = 24;

/// The stretches between quotation marks, in order, without overlap.
pub(crate) fn quotations(text: &str) -> Vec<Span> {
    let mut reader = Reader { text, found: Vec::new(), double: None, single: None };
    let telling = text.bytes().enumerate().filter(|(_, byte)| may_tell(*byte));
    for (at, _) in telling {
        let Some((past, rest)) = text.split_at_checked(at) else { continue };
        let mut rest = rest.chars();
        let Some(character) = rest.next() else { continue };
        let before = past.chars().next_back().unwrap_or(' ');
        reader.read(at, character, before, rest.next().unwrap_or(' '));
    }
    reader.found
}

/// May a mark that is read, or a line's end, begin with this byte?
fn may_tell(byte: u8) -> bool {
    // Those beyond ASCII are of two blocks: U+0080 to U+00BF, and U+2000 to U+2FFF.
    matches!(byte, b'"' | b'\'' | b'\n' | 0xC2 | 0xE2)
}

struct Reader<'a> {
    text: &'a str,
    found: Vec<Span>,
    /// Where the open quotation's words begin.
    double: Option<usize>,
    single: Option<usize>,
}

impl Reader<'_> {
    fn read(&mut self, at: usize, character: char, before: char, after: char) {
        let next = at + character.len_utf8();
        match character {
            '“' | '„' | '«' | '‟' => self.open(next),
            '”' | '»' => self.close(at),
            '"' if self.double.is_some() && !looks_open(before, after) => self.close(at),
            '"' if looks_open(before, after) => self.open(next),
            '"' if self.double.is_none() && !looks_closed(before, after) => self.open(next),
            '‘' | '\'' if looks_open(before, after) && self.double.is_none() => self.single = Some(next),
            '’' | '\'' if looks_closed(before, after) => self.close_single(at, before, after),
            '\n' if before == '\n' => self.break_paragraph(at),
            _ => {}
        }
    }

    /// Each paragraph of a long quotation opens anew; what stood before is quoted as well then.
    fn open(&mut self, at: usize) {
        if let Some(start) = self.double.take()
            && self.text.get(start..at).is_some_and(|held| held.contains("\n\n"))
        {
            self.add(start, at);
        }
        self.single = None;
        self.double = Some(at);
    }

    fn close(&mut self, at: usize) {
        if let Some(start) = self.double.take() {
            self.add(start, at);
        }
        self.single = None;
    }

    fn close_single(&mut self, at: usize, before: char, after: char) {
        let ends_speech = matches!(before, ',' | '.' | '?' | '!') || matches!(after, ',' | '.');
        if let Some(start) = self.single
            && ends_speech
        {
            self.single = None;
            if at - start >= SHORTEST_SINGLE_BYTES {
                self.add(start, at);
            }
        }
    }

    /// A quotation goes on into the next paragraph only if that opens with a mark.
    fn break_paragraph(&mut self, at: usize) {
        self.single = None;
        let goes_on =
            self.text.get(at..).is_some_and(|rest| rest.trim_start().starts_with(['“', '"', '«', '„']));
        if !goes_on && let Some(start) = self.double.take() {
            self.add(start, at);
        }
    }

    fn add(&mut self, start: usize, end: usize) {
        let span = (u32::try_from(start), u32::try_from(end));
        if let (Ok(start), Ok(end)) = span
            && (1..=LONGEST_BYTES).contains(&((end - start) as usize))
        {
            self.found.push(Span::new(start, end));
        }
    }
}

fn looks_open(before: char, after: char) -> bool {
    (before.is_whitespace() || matches!(before, '(' | '[' | '—' | '–' | '-')) && !after.is_whitespace()
}

fn looks_closed(before: char, after: char) -> bool {
    !before.is_whitespace() && !after.is_alphanumeric()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_between_marks() {
        for (text, expected) in [
            ("He said “no” and left.", vec!["no"]),
            ("He said \"no\" and \"never\".", vec!["no", "never"]),
            ("“One.\n\n“Two,” he said.", vec!["One.\n\n“", "Two,"]),
            ("“One.\n\nNot quoted.", vec!["One.\n"]),
            ("He said 'we shall not open that bridge,' and left.", vec!["we shall not open that bridge,"]),
            ("The drivers' union met the owners' club.", vec![]),
            ("A lost mark\" here, \"quoted\" there.", vec!["quoted"]),
            ("Il a dit «non» hier.", vec!["non"]),
        ] {
            let found: Vec<_> = quotations(text).iter().map(|span| &text[span.range()]).collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn a_quotation_ends_some_time() {
        assert!(quotations(&format!("\"{}\"", "word ".repeat(1000))).is_empty());
    }
}
