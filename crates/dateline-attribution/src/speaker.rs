//! Who is meant by the words of a source: an entity of the report, or the words themselves.

use dateline_model::{Attribution, Entities, EntityMention, Medium, MentionKind, Party, Span};

use crate::draft::Draft;
use crate::reading::Reading;
use crate::tree::Dep;
use crate::words::Words;

/// The sector of the press in CAMEO's codes.
const PRESS: &str = "MED";

/// The entities of a report, found by token.
pub(crate) struct Speakers<'a> {
    entities: &'a Entities,
    /// For each token, one more than the number of the shortest mention whose head it is, else of one
    /// that holds it; 0 for none.
    by_token: Vec<u32>,
    /// For each entity whether the report names it.
    named: Vec<bool>,
}

impl<'a> Speakers<'a> {
    pub(crate) fn new(entities: &'a Entities, tokens: usize) -> Self {
        let mut by_token = vec![0; tokens];
        for (number, mention) in (1..).zip(&entities.mentions) {
            if let Some(slot) = by_token.get_mut(mention.head as usize) {
                // Longer mentions come first at one place; the first to claim a head keeps it.
                *slot = if *slot == 0 { number } else { *slot };
            }
        }
        let mut named = vec![false; entities.entities.len()];
        for mention in entities.mentions.iter().filter(|m| m.kind == MentionKind::Name) {
            if let Some(slot) = mention.entity.and_then(|id| named.get_mut(id.0 as usize)) {
                *slot = true;
            }
        }
        Self { entities, by_token, named }
    }

    fn mention(&self, head: usize) -> Option<&'a EntityMention> {
        let number = self.by_token.get(head).copied().filter(|number| *number > 0)?;
        self.entities.mentions.get(number as usize - 1)
    }

    /// The party that a noun phrase names.
    pub(crate) fn party(&self, reading: &Reading<'_>, head: usize, words: Words) -> Option<Party> {
        let span = words.span(&reading.report.annotated)?;
        let meant = self.named(reading, head);
        Some(match meant {
            Some(mention) => self.of_mention(mention, span),
            None => Party { span, entity: None, name: plain(reading.report.words(span)), code: None },
        })
    }

    /// Has the party a name, or is it only spoken of ("the official")?
    pub(crate) fn is_named(&self, party: &Party) -> bool {
        party.entity.is_some_and(|id| self.named.get(id.0 as usize).copied().unwrap_or(false))
    }

    /// Is the party one who publishes what it is told, and surely not the report's own publisher? Where nobody knows
    /// who published the report, it may be the one that was told.
    pub(crate) fn is_outlet(&self, reading: &Reading<'_>, head: usize, party: &Party) -> bool {
        let coded = party.code.as_ref().is_some_and(|code| code.as_str().ends_with(PRESS));
        let words = plain(reading.report.words(party.span));
        let called = || reading.media().calls_outlet(&words);
        let last = words.rsplit(' ').next().unwrap_or_default();
        let formed = || words.contains(' ') && reading.is_named(head) && reading.media().ends_outlet(last);
        let other =
            reading.report.publisher.as_deref().is_some_and(|own| !is_part_of(&party.name, &plain(own)));
        self.is_named(party) && other && (coded || called() || formed())
    }

    fn of_mention(&self, mention: &EntityMention, span: Span) -> Party {
        let entity = mention.entity.and_then(|id| self.entities.entity(id));
        Party {
            span,
            entity: mention.entity,
            name: entity.map(|e| e.key.clone()).unwrap_or_default(),
            code: entity.and_then(|e| e.code.clone()),
        }
    }

    /// The mention that tells who is meant: at the head itself, at its apposition ("the president,
    /// Maret"), or where a relative pronoun points to.
    fn named(&self, reading: &Reading<'_>, head: usize) -> Option<&'a EntityMention> {
        let known = |at: usize| self.mention(at).filter(|m| m.entity.is_some());
        let apart = reading.tree.children_of(head, &[Dep::Apposition]).find_map(known);
        let apart = apart.or_else(|| called(reading, head).and_then(known));
        let own = known(head).or_else(|| known(antecedent(reading, head)?));
        // "The monitoring group Border Watch": whoever the noun may point back to, the name beside it is it.
        let is_name = |m: &&EntityMention| m.kind == MentionKind::Name;
        if let Some(name) = own.filter(is_name).or(apart.filter(is_name)) {
            return Some(name);
        }
        // "The mission's head, Karl Weiss": the name tells more than the noun.
        let has_name = |m: &&EntityMention| {
            m.entity.is_some_and(|id| self.named.get(id.0 as usize).copied().unwrap_or(false))
        };
        own.filter(has_name).or(apart.filter(has_name)).or(own).or(apart)
    }

    /// The reason for a party, for a reader.
    pub(crate) fn reason(&self, reading: &Reading<'_>, draft: &Draft) -> String {
        let Some(head) = draft.source_head else { return String::new() };
        match self.named(reading, head) {
            Some(mention) if mention.kind == MentionKind::Name => "named as the source".to_owned(),
            Some(mention) => mention.reason.to_string(),
            None => "the source's own words; nothing tells of whom they speak".to_owned(),
        }
    }
}

/// "Post" and "Velinsk Post": are the words of one name all words of the other?
fn is_part_of(one: &str, other: &str) -> bool {
    let all = |a: &str, b: &str| a.split(' ').all(|word| b.split(' ').any(|w| w == word));
    all(one, other) || all(other, one)
}

/// "The civil defence known as the White Helmets": the name by which it is known.
fn called(reading: &Reading<'_>, head: usize) -> Option<usize> {
    let tree = &reading.tree;
    let mut clauses = tree.children_of(head, &[Dep::NounClause]);
    let naming = clauses.find(|at| reading.names_somebody(*at))?;
    let link = tree.child(naming, &[Dep::Preposition])?;
    tree.child(link, &[Dep::PrepositionObject])
}

/// The noun that a relative pronoun stands for.
fn antecedent(reading: &Reading<'_>, pronoun: usize) -> Option<usize> {
    if !matches!(reading.tag(pronoun), "WP" | "WDT") {
        return None;
    }
    let mut verb = reading.tree.head(pronoun)?;
    for _ in 0..4 {
        let head = reading.tree.head(verb)?;
        if reading.tree.dep(verb) == Dep::RelativeClause {
            return Some(head);
        }
        verb = head;
    }
    None
}

/// The words in lower case without their article and the marks around them.
pub(crate) fn plain(words: &str) -> String {
    let lower = words.to_lowercase();
    let trimmed = lower.trim_matches(|c: char| !c.is_alphanumeric());
    let bare = ["the ", "a ", "an "].iter().find_map(|article| trimmed.strip_prefix(article));
    bare.unwrap_or(trimmed).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Is the speaker of an earlier statement meant by "he", "the official" or "the statement"? While no
/// entities tell, with the reason.
pub(crate) fn taken_up(
    reading: &Reading<'_>,
    speakers: &Speakers<'_>,
    head: usize,
    earlier: &Attribution,
) -> Option<&'static str> {
    let speaker = earlier.speaker.as_ref()?;
    let word = reading.lower(head);
    let last = speaker.name.rsplit(' ').next().unwrap_or_default();
    let document = reading.media().of_noun(last).is_some();
    if matches!(word.as_str(), "he" | "she") && !document && earlier.medium != Some(Medium::Document) {
        return Some("the pronoun is taken for an earlier speaker");
    }
    let written = matches!(earlier.medium, Some(Medium::Statement | Medium::Document));
    if word == "it" && written {
        return Some("the document that an earlier statement came in");
    }
    let definite = reading.tree.children_of(head, &[Dep::Determiner]).any(|d| reading.is_word(d, "the"));
    if !definite || reading.tree.children(head).len() > 1 {
        return None;
    }
    let medium = reading.media().of_noun(&word);
    if medium.is_some() && earlier.medium == medium {
        return Some("the document that an earlier statement came in");
    }
    let same = speaker.name.split(' ').any(|w| w == word);
    (same && !speakers.is_named(speaker) && !document).then_some("the same words as an earlier speaker's")
}
