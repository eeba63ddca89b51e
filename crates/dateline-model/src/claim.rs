//! What accounts claim, each claim with its proof, and what becomes of claims that differ.

use serde::{Deserialize, Serialize};

use crate::span::Span;

/// The proof of a value: the words that carry it, and where they stand.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Citation {
    /// Id of the article.
    pub article: String,
    /// In which of its texts the words stand.
    pub of: CitedText,
    /// The words, exactly as they stand there.
    pub quote: String,
}

/// In which text of an article a quote stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CitedText {
    /// The body, at this place; UTF-8 bytes.
    Body(Span),
    /// The headline, at this place; UTF-8 bytes of the headline.
    Headline(Span),
    /// The words that print its day of publication.
    Published,
}

/// One or more citations: a value without a proof cannot be built.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citations(Vec<Citation>);

impl Citations {
    /// The proof by one quote.
    #[must_use]
    pub fn one(citation: Citation) -> Self {
        Self(vec![citation])
    }

    /// Those of `citations`, sorted and each once; none where there are none.
    #[must_use]
    pub fn of(mut citations: Vec<Citation>) -> Option<Self> {
        citations.sort_unstable();
        citations.dedup();
        (!citations.is_empty()).then_some(Self(citations))
    }

    /// All of them, by article and place; never empty.
    #[must_use]
    pub fn as_slice(&self) -> &[Citation] {
        &self.0
    }

    /// Both together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let mut all = self.0;
        all.extend(other.0);
        all.sort_unstable();
        all.dedup();
        Self(all)
    }
}

/// One account's value for one field of an event.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim<V> {
    /// The value.
    pub value: V,
    /// Number of the account, among those of the event.
    pub account: u32,
    /// Whom the report gives the value to, by key; none where it is the report's own.
    pub by: Option<String>,
    /// The proof.
    pub citations: Citations,
}

/// How the accounts of an event stand to each other in one field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Resolution {
    /// One report gives a value.
    Single,
    /// Those that give one are compatible.
    Agreed,
    /// They are not.
    Disputed(Dispute),
}

/// In what way accounts differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dispute {
    /// No one value can be right for all.
    Incompatible,
    /// One value might be right for all, but they lie far from each other.
    Far,
    /// One source's figure grew with time.
    Update,
    /// Different people are counted.
    Scope,
}

impl Dispute {
    /// As it is printed: `incompatible`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Incompatible => "incompatible",
            Self::Far => "far",
            Self::Update => "update",
            Self::Scope => "scope",
        }
    }
}

/// One field of an event: all claims, how they stand to each other, and the value to show.
#[derive(Clone, Debug, PartialEq)]
pub struct Field<V> {
    /// The most exact of compatible values; none where they are disputed.
    pub value: Option<V>,
    /// How the accounts stand to each other.
    pub resolution: Resolution,
    /// Every account's claims, by account; never empty.
    pub claims: Vec<Claim<V>>,
    /// How many origins stand behind the claims.
    pub independent_accounts: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn citation(article: &str) -> Citation {
        Citation { article: article.to_owned(), of: CitedText::Published, quote: "Friday".to_owned() }
    }

    #[test]
    fn there_are_no_citations_of_nothing() {
        assert_eq!(Citations::of(Vec::new()), None);
    }

    #[test]
    fn citations_are_sorted_and_each_stands_once() {
        let all = Citations::of(vec![citation("b"), citation("a"), citation("b")]);
        let both = all.map(|citations| citations.and(Citations::one(citation("c"))));
        let articles = |c: &Citations| c.as_slice().iter().map(|c| c.article.clone()).collect::<String>();
        assert_eq!(both.as_ref().map(articles).as_deref(), Some("abc"));
    }
}
