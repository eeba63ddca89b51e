//! From a text to tokens: chunks at white space, then special cases, prefixes, suffixes and infixes within a chunk.

mod special;

use crate::lexeme::{LexemeId, Lexicon, Vocabulary};
use crate::package::{PackageError, TokenizerParts};
use crate::pattern::Pattern;
use crate::unicode::is_space;

use special::Specials;

/// The tokenizer's rules, ready to run.
#[derive(Debug)]
pub(crate) struct Tokenizer {
    prefix: Option<Pattern>,
    suffix: Option<Pattern>,
    infix: Option<Pattern>,
    token: Option<Pattern>,
    url: Option<Pattern>,
    specials: Specials,
}

/// One token of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RawToken {
    pub(crate) lexeme: LexemeId,
    /// First byte.
    pub(crate) start: u32,
    /// One past the last byte.
    pub(crate) end: u32,
    /// Does a space follow?
    pub(crate) spacy: bool,
}

/// Whether a chunk is taken apart with the special cases, or as if there were none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum SpecialCases {
    Apply,
    Ignore,
}

impl Tokenizer {
    pub(crate) fn new(parts: &TokenizerParts) -> Result<Self, PackageError> {
        let mut tokenizer = Self {
            prefix: pattern(parts.prefix.as_deref())?,
            suffix: pattern(parts.suffix.as_deref())?,
            infix: pattern(parts.infix.as_deref())?,
            token: pattern(parts.token.as_deref())?,
            url: pattern(parts.url.as_deref())?,
            specials: Specials::new(&parts.exceptions)?,
        };
        tokenizer.find_sequences(parts);
        Ok(tokenizer)
    }

    /// Special cases that the affix patterns would cut are sought again across the tokens of a text.
    fn find_sequences(&mut self, parts: &TokenizerParts) {
        let cut = |text: &str| {
            let finds =
                |pattern: &Option<Pattern>| pattern.as_ref().is_some_and(|p| p.search(text).is_some());
            finds(&self.prefix) || finds(&self.suffix) || finds(&self.infix) || text.contains(' ')
        };
        let sought = parts.exceptions.iter().map(|(text, _)| text.as_str());
        let sought: Vec<&str> = sought.filter(|text| !parts.faster_heuristics || cut(text)).collect();
        let sequences: Vec<_> = sought.iter().map(|text| self.plain_texts(text)).collect();
        self.specials.seek(sequences);
    }

    /// The tokens of a text when there are no special cases.
    fn plain_texts(&self, text: &str) -> Vec<String> {
        let mut texts = Vec::new();
        for chunk in Chunks::new(text) {
            let mut spans = Vec::new();
            self.cut(&text[chunk.start..chunk.end], SpecialCases::Ignore, &mut spans);
            texts.extend(spans.iter().map(|s| text[chunk.start + s.start..chunk.start + s.end].to_owned()));
        }
        texts
    }

    /// The tokens of a text.
    pub(crate) fn tokenize(
        &self,
        text: &str,
        vocabulary: &Vocabulary,
        memory: &mut ChunkMemory,
    ) -> Vec<RawToken> {
        let mut tokens = Vec::with_capacity(text.len() / 5);
        let mut seek = false;
        for chunk in Chunks::new(text) {
            let pieces = memory.pieces(&text[chunk.start..chunk.end], self, vocabulary);
            let mut start = chunk.start;
            for &(lexeme, length) in pieces.tokens {
                let end = start + length as usize;
                tokens.push(RawToken { lexeme, start: start as u32, end: end as u32, spacy: false });
                start = end;
            }
            seek |= pieces.begins_sequence;
            if let (Some(last), true) = (tokens.last_mut(), chunk.spacy) {
                last.spacy = true;
            }
        }
        if seek { self.specials.apply(text, tokens, vocabulary, &mut memory.lexicon) } else { tokens }
    }

    /// Cuts one chunk.
    fn cut(&self, chunk: &str, cases: SpecialCases, out: &mut Vec<Piece>) {
        if cases == SpecialCases::Apply && self.specials.emit(chunk, 0, out) {
            return;
        }
        let mut suffixes = Vec::new();
        let (start, end) = self.strip(chunk, cases, out, &mut suffixes);
        self.cut_middle(chunk, start, end, cases, out);
        out.extend(suffixes.into_iter().rev());
    }

    /// Takes prefixes and suffixes off; what remains lies between the offsets returned.
    fn strip(
        &self,
        chunk: &str,
        cases: SpecialCases,
        prefixes: &mut Vec<Piece>,
        suffixes: &mut Vec<Piece>,
    ) -> (usize, usize) {
        let special = |text: &str| cases == SpecialCases::Apply && self.specials.contains(text);
        let (mut start, mut end) = (0, chunk.len());
        let mut last = usize::MAX;
        while start < end && end - start != last {
            let rest = &chunk[start..end];
            if self.token.as_ref().is_some_and(|p| p.matches_start(rest)) || special(rest) {
                break;
            }
            last = rest.len();
            let prefix = length(self.prefix.as_ref(), rest);
            if prefix > 0 && special(&rest[prefix..]) {
                prefixes.push(Piece::plain(start, start + prefix));
                start += prefix;
                break;
            }
            let suffix = length(self.suffix.as_ref(), &rest[prefix..]);
            if suffix > 0 && special(&rest[..rest.len() - suffix]) {
                suffixes.push(Piece::plain(end - suffix, end));
                end -= suffix;
                break;
            }
            if prefix > 0 {
                prefixes.push(Piece::plain(start, start + prefix));
                start += prefix;
            }
            if suffix > 0 {
                suffixes.push(Piece::plain(end - suffix, end));
                end -= suffix;
            }
        }
        (start, end)
    }

    /// Cuts what no affix can be taken from: a special case, an address, or pieces around infixes.
    fn cut_middle(&self, chunk: &str, start: usize, end: usize, cases: SpecialCases, out: &mut Vec<Piece>) {
        let middle = &chunk[start..end];
        if middle.is_empty() || (cases == SpecialCases::Apply && self.specials.emit(middle, start, out)) {
            return;
        }
        let whole = |pattern: &Option<Pattern>| pattern.as_ref().is_some_and(|p| p.matches_start(middle));
        if whole(&self.token) || whole(&self.url) {
            return out.push(Piece::plain(start, end));
        }
        let mut done = 0;
        for infix in self.infix.as_ref().map_or_else(Vec::new, |p| p.find_all(middle)) {
            if infix.start == 0 {
                continue;
            }
            if infix.start > done {
                out.push(Piece::plain(start + done, start + infix.start));
            }
            if !infix.is_empty() {
                out.push(Piece::plain(start + infix.start, start + infix.end));
            }
            done = infix.end;
        }
        if done < middle.len() {
            out.push(Piece::plain(start + done, end));
        }
    }
}

fn pattern(source: Option<&str>) -> Result<Option<Pattern>, PackageError> {
    let pattern = source.map(Pattern::new).transpose();
    pattern.map_err(|e| PackageError::unsupported("tokenizer", e.to_string()))
}

/// The length of what the pattern finds.
fn length(pattern: Option<&Pattern>, text: &str) -> usize {
    pattern.and_then(|p| p.search(text)).map_or(0, |range| range.len())
}

/// A token within a chunk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Piece {
    start: usize,
    end: usize,
    /// The norm, where a special case gives one.
    norm: Option<u64>,
}

impl Piece {
    fn plain(start: usize, end: usize) -> Self {
        Self { start, end, norm: None }
    }
}

/// A stretch that is white space throughout or has none.
struct Chunk {
    start: usize,
    end: usize,
    /// Does one space follow, which belongs to no chunk?
    spacy: bool,
}

/// Walks the chunks of a text.
struct Chunks<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Chunks<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }
}

impl Iterator for Chunks<'_> {
    type Item = Chunk;

    fn next(&mut self) -> Option<Chunk> {
        let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
        let space = rest.starts_with(is_space);
        let length = rest.find(|c| is_space(c) != space).unwrap_or(rest.len());
        let (start, end) = (self.at, self.at + length);
        let spacy = !space && rest[length..].starts_with(' ');
        self.at = end + usize::from(spacy);
        Some(Chunk { start, end, spacy })
    }
}

/// How chunks that were met before fall into tokens. A worker's own; bounded.
#[derive(Debug, Default)]
#[expect(clippy::disallowed_types, reason = "looked up by text only, never walked")]
pub(crate) struct ChunkMemory {
    pub(crate) lexicon: Lexicon,
    known: std::collections::HashMap<Box<str>, Known>,
    pieces: Vec<(LexemeId, u32)>,
}

/// Where a chunk's pieces lie in [`ChunkMemory::pieces`].
#[derive(Clone, Copy, Debug)]
struct Known {
    start: u32,
    count: u32,
    begins_sequence: bool,
}

struct Pieces<'a> {
    tokens: &'a [(LexemeId, u32)],
    begins_sequence: bool,
}

impl ChunkMemory {
    /// Longer chunks hardly come twice.
    const LONGEST: usize = 64;

    /// As many chunks or word types are kept between two texts.
    const MOST: usize = 40_000;

    /// Has it grown so large that it should be begun anew before the next text?
    pub(crate) fn is_full(&self) -> bool {
        self.known.len() > Self::MOST || self.lexicon.len() > Self::MOST
    }

    fn pieces(&mut self, chunk: &str, tokenizer: &Tokenizer, vocabulary: &Vocabulary) -> Pieces<'_> {
        let known = match self.known.get(chunk) {
            Some(&known) => known,
            None => self.learn(chunk, tokenizer, vocabulary),
        };
        let start = known.start as usize;
        Pieces {
            tokens: &self.pieces[start..start + known.count as usize],
            begins_sequence: known.begins_sequence,
        }
    }

    fn learn(&mut self, chunk: &str, tokenizer: &Tokenizer, vocabulary: &Vocabulary) -> Known {
        let mut pieces = Vec::new();
        tokenizer.cut(chunk, SpecialCases::Apply, &mut pieces);
        let start = self.pieces.len();
        for piece in &pieces {
            let text = &chunk[piece.start..piece.end];
            self.pieces.push((self.lexicon.intern(text, piece.norm, vocabulary), text.len() as u32));
        }
        let begins_sequence = pieces.iter().any(|p| tokenizer.specials.may_begin(&chunk[p.start..p.end]));
        let known = Known { start: start as u32, count: pieces.len() as u32, begins_sequence };
        if chunk.len() <= Self::LONGEST {
            self.known.insert(chunk.into(), known);
        }
        known
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A small tokenizer with a few patterns in the manner of spaCy's.
    fn tokenizer() -> (Tokenizer, Vocabulary) {
        let special = |text: &str, tokens: &[&str]| {
            (text.to_owned(), tokens.iter().map(|t| ((*t).to_owned(), None)).collect::<Vec<_>>())
        };
        let parts = TokenizerParts {
            prefix: Some(r"^\(|^\$|^:".into()),
            suffix: Some(r"\)$|\.$|,$|'s$|(?<=[0-9])km$".into()),
            infix: Some(r"\.\.+|(?<=[a-z])-(?=[a-z])".into()),
            token: None,
            url: Some(r"^\w+\.com$".into()),
            exceptions: vec![
                special(":)", &[":)"]),
                special("don't", &["do", "n't"]),
                special("a.m.", &["a.m."]),
            ],
            faster_heuristics: true,
        };
        (Tokenizer::new(&parts).unwrap(), Vocabulary::new(&[]))
    }

    fn check(text: &str, expected: &[&str]) {
        let (tokenizer, vocabulary) = tokenizer();
        let tokens = tokenizer.tokenize(text, &vocabulary, &mut ChunkMemory::default());
        let found: Vec<_> = tokens.iter().map(|t| &text[t.start as usize..t.end as usize]).collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn affixes_infixes_and_special_cases() {
        check("(well-known)", &["(", "well", "-", "known", ")"]);
        check("don't, (don't)", &["do", "n't", ",", "(", "do", "n't", ")"]);
        check("5km. $5", &["5", "km", ".", "$", "5"]);
        check("at 5 a.m. today", &["at", "5", "a.m.", "today"]);
        check("example.com (example.com).", &["example.com", "(", "example.com", ")", "."]);
        check("wait...what", &["wait", "...", "what"]);
    }

    #[test]
    fn special_cases_across_tokens() {
        check("yes:) no", &["yes:", ")", "no"]);
        check("$:) ok", &["$", ":)", "ok"]);
    }

    #[test]
    fn white_space_is_kept_unless_it_is_one_space() {
        check("", &[]);
        check(" ", &[" "]);
        check("a b", &["a", "b"]);
        check("a  b", &["a", " ", "b"]);
        check(" a\n\nb ", &[" ", "a", "\n\n", "b"]);
        check("a\u{1c} b", &["a", "\u{1c} ", "b"]);
    }

    #[test]
    fn a_space_after_the_last_token_is_noted() {
        let (tokenizer, vocabulary) = tokenizer();
        let spacy = |text| {
            let tokens = tokenizer.tokenize(text, &vocabulary, &mut ChunkMemory::default());
            tokens.iter().map(|t| t.spacy).collect::<Vec<_>>()
        };
        assert_eq!(spacy("a b "), [true, true]);
        assert_eq!(spacy("a  b"), [true, false, false]);
        assert_eq!(spacy("a\nb"), [false, false, false]);
    }
}
