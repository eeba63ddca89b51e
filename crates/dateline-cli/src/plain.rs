//! What is printed for a person: words, and never orders to the terminal.
//!
//! A terminal takes control characters as orders: to colour, to move, to name its window, some of them to answer
//! as if somebody had typed. Others turn the direction of writing, so that 12 is read as 21. Pages, archives and
//! the records of strangers hold such characters, so a sign stands in their place. What goes into a file or to
//! another program is as it is.

use std::borrow::Cow;
use std::io::{self, IsTerminal as _, StderrLock, StdoutLock, Write};

/// Where words for a person are written.
pub(crate) struct Plain<W>(W);

/// Standard output, for a person.
pub(crate) fn words() -> Plain<StdoutLock<'static>> {
    Plain(io::stdout().lock())
}

/// Standard error.
pub(crate) fn remarks() -> Plain<StderrLock<'static>> {
    Plain(io::stderr().lock())
}

/// Standard output, for a program; should a person look on, that person is not harmed either.
pub(crate) fn lines() -> Box<dyn Write> {
    match io::stdout().is_terminal() {
        true => Box::new(words()),
        false => Box::new(io::stdout().lock()),
    }
}

/// The text, with a sign in the place of each character that gives an order.
pub(crate) fn plain(text: &str) -> Cow<'_, str> {
    match text.contains(is_order) {
        true => text.chars().map(|c| if is_order(c) { sign(c) } else { c }).collect::<String>().into(),
        false => text.into(),
    }
}

/// Control characters beside tabs and line feeds, and what turns the direction of writing.
fn is_order(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\n')
        || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// ␛ for ESC, as Unicode has pictures for the old ones.
fn sign(c: char) -> char {
    let picture = match u32::from(c) {
        old @ 0..0x20 => char::from_u32(0x2400 + old),
        0x7F => Some('␡'),
        _ => None,
    };
    picture.unwrap_or(char::REPLACEMENT_CHARACTER)
}

impl<W: Write> Write for Plain<W> {
    /// Each call brings whole characters: what is written is text, and buffers hand it on as it came.
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write_all(plain(&String::from_utf8_lossy(bytes)).as_bytes())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_is_an_order() {
        for (text, expected) in [
            ("Dead: 12 – “twelve”\n\tand العربية", "Dead: 12 – “twelve”\n\tand العربية"),
            ("\u{1b}]0;owned\u{7}", "␛]0;owned␇"),
            ("\u{1b}[2Jgone\r", "␛[2Jgone␍"),
            ("\u{9b}31m\u{7f}\0", "\u{fffd}31m␡␀"),
            ("\u{202e}21 :daeD\u{202c}", "\u{fffd}21 :daeD\u{fffd}"),
        ] {
            assert_eq!(plain(text), expected);
            let mut written = Vec::new();
            write!(Plain(&mut written), "{text}").unwrap();
            assert_eq!(String::from_utf8(written).unwrap(), expected);
        }
    }
}
