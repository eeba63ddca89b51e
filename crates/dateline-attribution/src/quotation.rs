//! Quotation marks, paired: which stretches of a text stand between them.
//!
//! Real pages lose marks, mix their styles and reopen a quotation in each paragraph without closing
//! it in the one before. Marks are therefore paired paragraph by paragraph, each by its form and by
//! what stands on its sides.

use dateline_model::Span;

/// Words between quotation marks, the marks included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Quotation {
    /// Where they stand.
    pub(crate) span: Span,
    /// Has it a closing mark of its own?
    pub(crate) closing: Closing,
}

/// How a quotation ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Closing {
    /// With a closing mark.
    Marked,
    /// With its paragraph; the next one goes on.
    Open,
    /// Its mark is missing.
    Missing,
}

/// A quotation mark's form; a quotation closes with the form that fits its opening.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Double,
    Guillemet,
    Single,
}

/// What a mark can do where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Opens,
    Closes,
    Either,
}

#[derive(Clone, Copy, Debug)]
struct Mark {
    start: usize,
    end: usize,
    form: Form,
    role: Role,
}

/// All quotations of a text, in its order; none lies in another.
pub(crate) fn quotations(text: &str) -> Vec<Quotation> {
    let mut found = Vec::new();
    let mut from = 0;
    for paragraph in paragraphs(text) {
        debug_assert!(paragraph.start >= from, "paragraphs come in order");
        from = paragraph.end;
        pair(text, paragraph, &mut found);
    }
    found
}

/// Paragraphs end at a blank line, or at a line's end behind a mark that ends a sentence.
fn paragraphs(text: &str) -> impl Iterator<Item = std::ops::Range<usize>> + '_ {
    let mut from = 0;
    let ends = text.match_indices('\n').map(|(at, _)| at).filter(|at| ends_paragraph(text, *at));
    ends.chain([text.len()]).map(move |end| {
        let start = std::mem::replace(&mut from, end);
        start..end
    })
}

fn ends_paragraph(text: &str, at: usize) -> bool {
    let blank = text[at + 1..].starts_with(['\n', '\r']);
    blank
        || text[..at].trim_end_matches([' ', '\r']).ends_with(['.', '!', '?', ':', '"', '”', '’', '\'', '»'])
}

/// Pairs the marks of one paragraph.
fn pair(text: &str, paragraph: std::ops::Range<usize>, found: &mut Vec<Quotation>) {
    let marks = marks(text, paragraph.clone());
    let mut open: Option<Mark> = None;
    let mut free_from = paragraph.start;
    for (number, mark) in marks.iter().enumerate() {
        match (open, mark.role) {
            (None, Role::Opens | Role::Either) => {
                let fits = mark.form != Form::Single || closes_later(&marks[number + 1..]);
                open = fits.then_some(*mark);
            }
            (None, Role::Closes) if mark.form == Form::Double => {
                // The opening mark is missing: the sentence, or what is left of the paragraph.
                let start = sentence_start(text, free_from, mark.start);
                if start < mark.start {
                    found.push(quotation(start, mark.end, Closing::Marked));
                }
                free_from = mark.end;
            }
            (Some(opening), Role::Closes | Role::Either) if opening.form == mark.form => {
                found.push(quotation(opening.start, mark.end, Closing::Marked));
                (open, free_from) = (None, mark.end);
            }
            (Some(opening), Role::Opens) if opening.form == mark.form && mark.form != Form::Single => {
                // A second opening: the closing mark of the first is missing.
                let end = sentence_end(text, opening.end, mark.start);
                found.push(quotation(opening.start, end, Closing::Missing));
                (open, free_from) = (Some(*mark), end);
            }
            _ => {}
        }
    }
    let Some(opening) = open else { return };
    let rest = text[opening.start..paragraph.end].trim_end().len();
    let reopens = text[paragraph.end..].trim_start().starts_with(['"', '“', '«', '„'])
        || text[paragraph.end..].trim_start().starts_with("''");
    match opening.form {
        Form::Single => {}
        _ if reopens => found.push(quotation(opening.start, opening.start + rest, Closing::Open)),
        _ => {
            let end = sentence_end(text, opening.end, opening.start + rest);
            found.push(quotation(opening.start, end, Closing::Missing));
        }
    }
}

fn quotation(start: usize, end: usize, closing: Closing) -> Quotation {
    let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Quotation { span: Span::new(place(start), place(end).max(place(start))), closing }
}

/// A single mark opens only where another closes.
fn closes_later(marks: &[Mark]) -> bool {
    let next = marks.iter().find(|mark| mark.form == Form::Single && mark.role != Role::Opens);
    next.is_some()
}

/// Where the last sentence before `to` begins, not before `from`.
fn sentence_start(text: &str, from: usize, to: usize) -> usize {
    let before = text.get(from..to).unwrap_or_default();
    let inner = before.trim_end_matches(['.', '!', '?', ',', ' ']);
    let start = inner.rfind(['.', '!', '?', '\n']).map_or(0, |at| at + 1);
    let spaces = before[start..].len() - before[start..].trim_start().len();
    from + start + spaces
}

/// Where the first sentence behind `from` ends, not behind `to`.
fn sentence_end(text: &str, from: usize, to: usize) -> usize {
    let after = text.get(from..to).unwrap_or_default();
    let end = after.char_indices().find(|(at, c)| {
        matches!(c, '.' | '!' | '?') && after[at + c.len_utf8()..].starts_with(char::is_whitespace)
    });
    end.map_or(from + after.trim_end().len(), |(at, c)| from + at + c.len_utf8())
}

/// The marks of a paragraph, each with what it can do.
fn marks(text: &str, paragraph: std::ops::Range<usize>) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut before = None;
    let part = &text[paragraph.clone()];
    let mut skip = 0;
    for (at, c) in part.char_indices() {
        if at < skip {
            continue;
        }
        let doubled = matches!(c, '\'' | '`' | '’' | '‘') && part[at + c.len_utf8()..].starts_with(c);
        let length = if doubled { 2 * c.len_utf8() } else { c.len_utf8() };
        let after = part[at + length..].chars().next();
        if let Some((form, role)) = meaning(c, doubled, before, after) {
            let start = paragraph.start + at;
            let role = if form == Form::Single && role == Role::Closes && is_genitive(part, at, length) {
                None
            } else {
                Some(role)
            };
            marks.extend(role.map(|role| Mark { start, end: start + length, form, role }));
        }
        skip = at + length;
        before = Some(c);
    }
    marks
}

/// "The workers' union": a mark behind an s and before a word is no closing one.
fn is_genitive(part: &str, at: usize, length: usize) -> bool {
    let rest = &part[at + length..];
    part[..at].ends_with('s') && rest.starts_with(' ') && rest[1..].starts_with(|c: char| c.is_alphanumeric())
}

fn meaning(c: char, doubled: bool, before: Option<char>, after: Option<char>) -> Option<(Form, Role)> {
    let starts = before.is_none_or(|b| b.is_whitespace() || "([{—–-/“\"‘„«".contains(b));
    let ends = after.is_none_or(|a| !a.is_alphanumeric() && !"([$€£#@".contains(a));
    let by_sides = match (starts, ends) {
        (true, false) => Role::Opens,
        (false, true) => Role::Closes,
        _ => Role::Either,
    };
    match c {
        '"' | '＂' => Some((Form::Double, by_sides)),
        '\'' | '`' | '’' | '‘' if doubled => Some((Form::Double, by_sides)),
        '„' => Some((Form::Double, Role::Opens)),
        // Closes a German quotation, opens an English one.
        '“' => Some((Form::Double, if starts { Role::Opens } else { by_sides })),
        '”' => Some((Form::Double, if starts && !ends { Role::Opens } else { Role::Closes })),
        '«' | '»' => Some((Form::Guillemet, guillemet(c, by_sides))),
        '‘' | '‚' => (starts && !ends).then_some((Form::Single, Role::Opens)),
        '\'' | '’' => match by_sides {
            Role::Opens if c == '\'' => Some((Form::Single, Role::Opens)),
            Role::Closes => Some((Form::Single, Role::Closes)),
            _ => None,
        },
        _ => None,
    }
}

/// French quotations keep a space inside («␣so␣»), German ones may point inwards (»so«).
fn guillemet(c: char, by_sides: Role) -> Role {
    match (c, by_sides) {
        ('«', Role::Opens | Role::Either) | ('»', Role::Opens) => Role::Opens,
        _ => Role::Closes,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = quotations(text).iter().map(|q| &text[q.span.range()]).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn marks_of_all_forms_are_paired() {
        check("“We will go,” he said. “Soon.”", &["“We will go,”", "“Soon.”"]);
        check("\"We go,\" he said, \"soon.\"", &["\"We go,\"", "\"soon.\""]);
        check("''We go,'' he said.", &["''We go,''"]);
        check("‘We don’t go,’ he said.", &["‘We don’t go,’"]);
        check("'We don't go,' he said.", &["'We don't go,'"]);
        check("„Wir gehen“, he said; « Nous allons », she said.", &["„Wir gehen“", "« Nous allons »"]);
        check("»Wir gehen«, he said.", &["»Wir gehen«"]);
        check("He called it “the ‘second’ wave” today.", &["“the ‘second’ wave”"]);
    }

    #[test]
    fn apostrophes_are_no_marks() {
        check("The workers' union and the '90s don't count.", &[]);
        check("It's the ministers’ plan, Maret’s aides said.", &[]);
    }

    #[test]
    fn marks_that_are_missing_do_no_harm_beyond_their_paragraph() {
        check("“We will go, he said.\n\nNobody went.", &["“We will go, he said."]);
        check("We will go,” he said.\n\nNobody “went”.", &["We will go,”", "“went”"]);
        check("\"One.\n\n\"Two,\" he said.", &["\"One.", "\"Two,\""]);
        check("“One. He left. “Two,” he said.", &["“One.", "“Two,”"]);
        check("", &[]);
        check("\"", &["\""]);
    }
}
