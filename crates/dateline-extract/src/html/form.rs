//! The outer form of a block's words: how many, how they begin and end, how they are written.

/// What one pass over a text tells.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Form {
    /// Words; two characters of a script without spaces count as one.
    pub(super) words: u32,
    /// Marks that end a sentence and are followed by a space or the end.
    pub(super) sentences: u32,
    pub(super) commas: u32,
    /// Words that begin with a capital.
    pub(super) capitals: u32,
    pub(super) letters: u32,
    pub(super) upper: u32,
    pub(super) digits: u32,
    pub(super) quotes: u32,
    /// Bars, bullets and arrows, which part menu items.
    pub(super) bars: u32,
    /// At signs and hashes, which begin names in social media.
    pub(super) handles: u32,
    /// Signs of money and per cent.
    pub(super) money: u32,
    /// Copyright, trade mark and registered signs.
    pub(super) rights: u32,
    /// Words before a colon near the beginning: "Photo:", "Read more:"; 0 without one.
    pub(super) label_words: u32,
    pub(super) begins: Begins,
    pub(super) ends: Ends,
    /// The letters and digits in lower case, as a number: equal for equal words.
    pub(super) key: u64,
}

/// The first visible character.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Begins {
    #[default]
    Otherwise,
    LowerCase,
    Digit,
    Quote,
    Mark,
}

/// The last visible character, closing quotes and brackets aside.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Ends {
    #[default]
    Otherwise,
    Sentence,
    Question,
    Colon,
    Ellipsis,
    Comma,
}

const SEED: u64 = 0xCBF2_9CE4_8422_2325;

impl Form {
    pub(super) fn of(text: &str) -> Self {
        let mut form = Self { key: SEED, begins: begins(text), ends: ends(text), ..Self::default() };
        let (mut in_word, mut dense, mut before) = (false, 0, ' ');
        for c in text.chars() {
            let word = c.is_alphanumeric();
            if word {
                form.key = mixed(form.key, c);
                if is_dense(c) {
                    dense += 1;
                } else if !in_word {
                    form.words += 1;
                    form.capitals += u32::from(c.is_uppercase());
                }
                form.count_letter(c);
            } else {
                form.count_mark(c, before);
            }
            // An apostrophe or mark inside a word does not begin another.
            in_word = (word && !is_dense(c))
                || (in_word && !word && !c.is_whitespace() && !matches!(c, '-' | '/' | '–' | '—'));
            before = c;
        }
        form.words += u32::div_ceil(dense, 2);
        form.sentences += u32::from(is_end_mark(before) && !is_dense_end_mark(before));
        form
    }

    fn count_letter(&mut self, c: char) {
        if c.is_alphabetic() {
            self.letters += 1;
            self.upper += u32::from(c.is_uppercase());
        } else {
            self.digits += 1;
        }
    }

    fn count_mark(&mut self, c: char, before: char) {
        match c {
            ',' | '，' | '、' | '،' => self.commas += 1,
            '"' | '“' | '”' | '„' | '«' | '»' | '「' | '」' => self.quotes += 1,
            '|' | '•' | '·' | '›' | '→' | '▸' | '►' => self.bars += 1,
            _ => {}
        }
        self.sentences += u32::from((c.is_whitespace() && is_end_mark(before)) || is_dense_end_mark(c));
    }

    /// Of the words, how many in a hundred begin with a capital.
    pub(super) fn capital_share(&self) -> u32 {
        self.capitals * 100 / self.words.max(1)
    }

    pub(super) fn is_sentence_like(&self) -> bool {
        self.words >= 8 && matches!(self.ends, Ends::Sentence | Ends::Question) && self.capital_share() < 60
    }
}

/// A number that depends on every letter and digit of a text, whatever their case.
pub(super) fn key(text: &str) -> u64 {
    text.chars().filter(|c| c.is_alphanumeric()).fold(SEED, mixed)
}

fn mixed(key: u64, c: char) -> u64 {
    let lower = if c.is_ascii() { c.to_ascii_lowercase() } else { c.to_lowercase().next().unwrap_or(c) };
    (key ^ u64::from(u32::from(lower))).wrapping_mul(0x100_0000_01B3)
}

/// Scripts that write no spaces between words.
fn is_dense(c: char) -> bool {
    matches!(u32::from(c), 0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1780..=0x17FF | 0x3040..=0x30FF | 0x3400..=0x9FFF | 0xF900..=0xFAFF | 0x2_0000..=0x3_FFFF)
}

fn is_end_mark(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？' | '؟' | '।' | '۔')
}

/// Marks that end a sentence without a space behind them.
fn is_dense_end_mark(c: char) -> bool {
    matches!(c, '。' | '！' | '？')
}

fn begins(text: &str) -> Begins {
    match text.chars().next() {
        Some(c) if c.is_lowercase() => Begins::LowerCase,
        Some(c) if c.is_numeric() => Begins::Digit,
        Some('"' | '“' | '„' | '«' | '‘' | '\'' | '「') => Begins::Quote,
        Some(c) if !c.is_alphanumeric() => Begins::Mark,
        _ => Begins::Otherwise,
    }
}

fn ends(text: &str) -> Ends {
    let closing = |c: char| {
        matches!(c, '"' | '”' | '“' | '»' | '«' | '’' | '\'' | ')' | ']' | '」' | '*') || c.is_whitespace()
    };
    let text = text.trim_end_matches(closing);
    match text.chars().next_back() {
        Some('…') => Ends::Ellipsis,
        Some('.') if text.ends_with("...") => Ends::Ellipsis,
        Some('.' | '!' | '。' | '！' | '।' | '۔') => Ends::Sentence,
        Some('?' | '？' | '؟') => Ends::Question,
        Some(':' | '：') => Ends::Colon,
        Some(',' | ';' | '،' | '、') => Ends::Comma,
        _ => Ends::Otherwise,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, words: u32, sentences: u32, ends: Ends) {
        let form = Form::of(text);
        assert_eq!((form.words, form.sentences, form.ends), (words, sentences, ends), "{text}");
    }

    #[test]
    fn words_and_sentences() {
        check("They met. They didn't talk!", 5, 2, Ends::Sentence);
        check("He said: “We met.”", 4, 0, Ends::Sentence);
        check("Read more …", 2, 1, Ends::Ellipsis);
        check("Well-known: 1,5 %", 3, 0, Ends::Otherwise);
        check("彼らは会った。", 3, 1, Ends::Sentence);
        check("", 0, 0, Ends::Otherwise);
    }

    #[test]
    fn a_key_tells_words_apart() {
        assert_eq!(key("Talks, held today!"), Form::of("TALKS held “today”").key);
        assert_ne!(key("talks"), key("talk"));
    }
}
