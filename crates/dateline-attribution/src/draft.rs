//! A statement while it is being read: runs of tokens, not yet places in the text.

use crate::words::Words;

/// A statement has no more pieces than this.
const PIECES: usize = 100;

/// Source, cue and content of a statement, in tokens.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    /// The words that name who says it.
    pub(crate) source: Option<Words>,
    /// The token that the source's others depend on.
    pub(crate) source_head: Option<usize>,
    /// The words that make it a statement; empty for quoted words without any.
    pub(crate) cue: Words,
    /// The token that the cue's others depend on.
    pub(crate) cue_head: usize,
    /// What is said, piece by piece.
    pub(crate) content: Vec<Words>,
    /// How it was found.
    pub(crate) by: Means,
    /// Heads of those who pass it on, from the speaker outwards.
    pub(crate) through: Vec<usize>,
    /// Does it stand around whole statements of others ("…, he said, the agency reported")?
    pub(crate) holds_others: bool,
}

/// What showed a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Means {
    /// A verb with someone who does it.
    Verb,
    /// A verb in the passive voice.
    Passive,
    /// "Seems", "reportedly": nobody is named.
    Hearsay,
    /// A noun: "his claim that".
    Noun,
    /// An adjective: "is confident that".
    Adjective,
    /// "According to".
    Phrase,
    /// "Name: words".
    Colon,
    /// Quotation marks alone.
    Marks,
}

impl Draft {
    /// The least run that holds source and cue.
    pub(crate) fn frame(&self) -> Words {
        match self.source {
            Some(source) if self.cue.is_empty() => source,
            Some(source) => self.cue.join(source),
            None => self.cue,
        }
    }

    /// Adds a piece, joined with those that it meets; pieces stay in the text's order.
    pub(crate) fn add(&mut self, piece: Words) {
        if piece.is_empty() || self.content.len() >= PIECES {
            return;
        }
        let (meeting, mut apart): (Vec<Words>, Vec<Words>) =
            self.content.iter().partition(|other| other.meets(piece));
        apart.push(meeting.into_iter().fold(piece, Words::join));
        apart.sort_unstable();
        self.content = apart;
    }

    /// Number of tokens said.
    pub(crate) fn content_len(&self) -> usize {
        self.content.iter().map(|piece| piece.len()).sum()
    }
}
