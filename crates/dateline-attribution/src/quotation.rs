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
    Straight,
    Curly,
    Doubled,
    Guillemet,
    Single,
}

/// May a quotation close with a mark of another form than its opening's?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Matching {
    /// Only with its own form: others stand for quotations within it.
    Strict,
    /// With any double mark: pages mix "straight” and curly ones.
    Lenient,
}

impl Form {
    fn closes(self, opening: Self, matching: Matching) -> bool {
        let single = self == Self::Single || opening == Self::Single;
        self == opening || matching == Matching::Lenient && !single
    }
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

/// A block quotation over several paragraphs has at most so many bytes.
const BLOCK: usize = 6000;

/// All quotations of a text, in its order; none lies in another.
pub(crate) fn quotations(text: &str) -> Vec<Quotation> {
    let mut found = Vec::new();
    let mut from = 0;
    for paragraph in paragraphs(text) {
        debug_assert!(paragraph.start >= from, "paragraphs come in order");
        from = paragraph.end;
        pair(text, &paragraph, &mut found);
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

/// Pairs the marks of one paragraph: each with its own form if all come out even, else more freely.
fn pair(text: &str, paragraph: &std::ops::Range<usize>, found: &mut Vec<Quotation>) {
    let marks = marks(text, paragraph.clone());
    let strict = paired(text, paragraph, &marks, Matching::Strict, found.last());
    let even = strict.iter().all(|quotation| quotation.closing == Closing::Marked);
    let forms = |form: Form| marks.iter().any(|mark| mark.form == form);
    let mixed =
        [Form::Straight, Form::Curly, Form::Doubled].into_iter().filter(|form| forms(*form)).count() > 1;
    let chosen = if even || !mixed {
        strict
    } else {
        paired(text, paragraph, &marks, Matching::Lenient, found.last())
    };
    // A closing mark far behind took up the quotation that an earlier paragraph left open.
    if let (Some(last), Some(first)) = (found.last_mut(), chosen.first())
        && first.span.start == last.span.start
    {
        found.pop();
    }
    found.extend(chosen);
}

fn paired(
    text: &str,
    paragraph: &std::ops::Range<usize>,
    marks: &[Mark],
    matching: Matching,
    before: Option<&Quotation>,
) -> Vec<Quotation> {
    let mut found: Vec<Quotation> = Vec::new();
    let mut open: Option<Mark> = None;
    let mut free_from = paragraph.start;
    for (number, mark) in marks.iter().enumerate() {
        match (open, mark.role) {
            (None, Role::Opens | Role::Either) => {
                let fits = mark.form != Form::Single || closes_later(&marks[number + 1..]);
                open = fits.then_some(*mark);
            }
            (None, Role::Closes) if mark.form != Form::Single && mark.form != Form::Guillemet => {
                let lost = before.filter(|b| b.closing == Closing::Missing && found.is_empty());
                let lost = lost.filter(|b| mark.start - b.span.start as usize <= BLOCK);
                // The opening mark is paragraphs before, or it is missing: the sentence then.
                let start = lost
                    .map_or_else(|| sentence_start(text, free_from, mark.start), |b| b.span.start as usize);
                if start < mark.start {
                    found.push(quotation(start, mark.end, Closing::Marked));
                }
                free_from = mark.end;
            }
            (Some(opening), Role::Closes | Role::Either) if mark.form.closes(opening.form, matching) => {
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
    found.extend(open.and_then(|opening| left_open(text, paragraph, opening)));
    found
}

/// A quotation that its paragraph does not close.
fn left_open(text: &str, paragraph: &std::ops::Range<usize>, opening: Mark) -> Option<Quotation> {
    let end = opening.start + text[opening.start..paragraph.end].trim_end().len();
    let next = text[paragraph.end..].trim_start();
    let reopens = next.starts_with(['"', '“', '«', '„']) || next.starts_with("''");
    match opening.form {
        Form::Single => None,
        _ if reopens => Some(quotation(opening.start, end, Closing::Open)),
        _ => {
            let end = sentence_end(text, opening.end, end);
            Some(quotation(opening.start, end, Closing::Missing))
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
        '"' | '＂' => Some((Form::Straight, by_sides)),
        '\'' | '`' | '’' | '‘' if doubled => Some((Form::Doubled, by_sides)),
        '„' => Some((Form::Curly, Role::Opens)),
        // Closes a German quotation, opens an English one.
        '“' => Some((Form::Curly, if starts { Role::Opens } else { by_sides })),
        '”' => Some((Form::Curly, if starts && !ends { Role::Opens } else { Role::Closes })),
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
