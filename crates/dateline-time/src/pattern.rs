//! The language that rules are written in: words, classes of words, and how they follow each other.
//!
//! | written | read |
//! |---|---|
//! | `ago` `,` `\(` | this word or mark |
//! | `<month>` | a word or number of the class; its meaning is taken down in the class's slot |
//! | `<day:nth>` | the same, in another slot |
//! | `{date}` | the fragment of that name |
//! | `(a \| b c)` `x?` | one of several; at most once |
//! | `_` | no space here |
//! | `@rel=last` | takes a fact down without reading anything |
//! | `^` | the expression begins here; what was read before is context |
//! | `%` | ends an expression of a range or list; the `%` after it begins the next |
//! | `after[in <unit>]` `not_after[…]` | the token before the expression is, or is not, one of these |
//! | `before[…]` `not_before[…]` | so for the token that follows here |

/// A pattern, parsed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Pattern {
    Word(String),
    Class { name: String, slot: Option<String> },
    Fragment(String),
    Sequence(Vec<Pattern>),
    Choice(Vec<Pattern>),
    Maybe(Box<Pattern>),
    Glued,
    Take { slot: String, value: String },
    Begin,
    Divide,
    Look { look: Look, terminals: Vec<Pattern> },
}

/// A condition on a neighbouring token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Look {
    After,
    NotAfter,
    Before,
    NotBefore,
}

/// Parses a pattern; a fault is told with what stands there.
pub(crate) fn parse(source: &str) -> Result<Pattern, String> {
    let mut parser = Parser { pieces: pieces(source), at: 0 };
    let pattern = parser.choice()?;
    match parser.peek() {
        None => Ok(pattern),
        Some(piece) => Err(format!("`{piece}` was not expected in `{source}`")),
    }
}

struct Parser<'a> {
    pieces: Vec<&'a str>,
    at: usize,
}

impl<'a> Parser<'a> {
    fn peek(&self) -> Option<&'a str> {
        self.pieces.get(self.at).copied()
    }

    fn next(&mut self) -> Option<&'a str> {
        let piece = self.peek();
        self.at += 1;
        piece
    }

    fn accept(&mut self, piece: &str) -> bool {
        let is = self.peek() == Some(piece);
        self.at += usize::from(is);
        is
    }

    fn choice(&mut self) -> Result<Pattern, String> {
        let mut choices = vec![self.sequence()?];
        while self.accept("|") {
            choices.push(self.sequence()?);
        }
        Ok(if choices.len() == 1 { choices.remove(0) } else { Pattern::Choice(choices) })
    }

    fn sequence(&mut self) -> Result<Pattern, String> {
        let mut parts = Vec::new();
        while self.peek().is_some_and(|piece| !["|", ")", "]"].contains(&piece)) {
            let part = self.part()?;
            parts.push(if self.accept("?") { Pattern::Maybe(Box::new(part)) } else { part });
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Pattern::Sequence(parts) })
    }

    fn part(&mut self) -> Result<Pattern, String> {
        let piece = self.next().ok_or("a pattern ends too early")?;
        Ok(match piece {
            "(" => {
                let inner = self.choice()?;
                self.expect(")")?;
                inner
            }
            "_" => Pattern::Glued,
            "^" => Pattern::Begin,
            "%" => Pattern::Divide,
            "after[" => self.look(Look::After)?,
            "not_after[" => self.look(Look::NotAfter)?,
            "before[" => self.look(Look::Before)?,
            "not_before[" => self.look(Look::NotBefore)?,
            _ => return terminal(piece),
        })
    }

    fn look(&mut self, look: Look) -> Result<Pattern, String> {
        let mut terminals = Vec::new();
        while let Some(piece) = self.next() {
            if piece == "]" {
                return Ok(Pattern::Look { look, terminals });
            }
            terminals.push(terminal(piece)?);
        }
        Err("a condition lacks its `]`".to_owned())
    }

    fn expect(&mut self, piece: &str) -> Result<(), String> {
        if self.accept(piece) {
            Ok(())
        } else {
            Err(format!("`{piece}` is missing before {:?}", self.peek()))
        }
    }
}

fn terminal(piece: &str) -> Result<Pattern, String> {
    if let Some(class) = piece.strip_prefix('<').and_then(|p| p.strip_suffix('>')) {
        let (name, slot) = match class.split_once(':') {
            Some((name, slot)) => (name, Some(slot.to_owned())),
            None => (class, None),
        };
        return Ok(Pattern::Class { name: name.to_owned(), slot });
    }
    if let Some(mark) = piece.strip_prefix('\\') {
        return Ok(Pattern::Word(mark.to_owned()));
    }
    if let Some(name) = piece.strip_prefix('{').and_then(|p| p.strip_suffix('}')) {
        return Ok(Pattern::Fragment(name.to_owned()));
    }
    if let Some(take) = piece.strip_prefix('@') {
        let (slot, value) = take.split_once('=').ok_or(format!("`{piece}` lacks its `=`"))?;
        return Ok(Pattern::Take { slot: slot.to_owned(), value: value.to_owned() });
    }
    if piece.chars().count() > 1 && !piece.chars().all(char::is_alphanumeric) {
        return Err(format!("`{piece}` is no word"));
    }
    Ok(Pattern::Word(piece.to_owned()))
}

/// Cuts a pattern at white space and at marks that stand for themselves.
fn pieces(source: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = source.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '\\' => 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
            '<' => rest.find('>').map_or(rest.len(), |end| end + 1),
            '{' => rest.find('}').map_or(rest.len(), |end| end + 1),
            '@' => rest.find(|c: char| c.is_whitespace() || c == ')' || c == '|').unwrap_or(rest.len()),
            c if c.is_alphanumeric() => word_length(rest),
            c => c.len_utf8(),
        };
        pieces.push(&rest[..length]);
        rest = rest[length..].trim_start();
    }
    pieces
}

/// A word ends at the first mark; `not_after[` is one piece.
fn word_length(rest: &str) -> usize {
    let conditions = ["after[", "not_after[", "before[", "not_before["];
    if let Some(condition) = conditions.iter().find(|c| rest.starts_with(**c)) {
        return condition.len();
    }
    rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_is_read() {
        let pattern = parse("(last | <rel>) _ {x}? @unit=day not_before[% <number>]");
        let word = |w: &str| Pattern::Word(w.to_owned());
        let class = |c: &str| Pattern::Class { name: c.to_owned(), slot: None };
        assert_eq!(
            pattern,
            Ok(Pattern::Sequence(vec![
                Pattern::Choice(vec![word("last"), class("rel")]),
                Pattern::Glued,
                Pattern::Maybe(Box::new(Pattern::Fragment("x".to_owned()))),
                Pattern::Take { slot: "unit".to_owned(), value: "day".to_owned() },
                Pattern::Look { look: Look::NotBefore, terminals: vec![word("%"), class("number")] },
            ]))
        );
    }

    #[test]
    fn faults_are_told() {
        for source in ["(a", "a)", "after[b", "@slot", "a | ) b"] {
            assert!(parse(source).is_err(), "{source}");
        }
    }
}
