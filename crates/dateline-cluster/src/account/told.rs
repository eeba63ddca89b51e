//! From a finished draft to an account: every value with the words that carry it.

use dateline_model::{
    Account, Act, CitedText, Days, EntityId, EventCount, EventMention, EventType, Figure, Found, Party,
    Readings, Report, Role, Span, TimePrecision, ToldCount, ToldParty, ToldPlace, ToldSource, ToldTime,
    Words,
};

use crate::account::attendance::attendees;
use crate::account::config::AccountConfig;
use crate::account::draft::Draft;
use crate::account::in_report::InReport;
use crate::account::mention::{Seen, can_tell_when, days_of, told_when};
use crate::account::toll::{Placed, main_first};

/// The account of a draft.
pub(crate) fn account(draft: &Draft<'_>, within: &InReport<'_>) -> Account {
    let (teller, config) =
        (Teller { within, report: within.report, readings: within.readings }, within.config);
    let mentions = ordered(draft, config);
    let in_text = || in_text_order(draft);
    let mut account = Account {
        acts: mentions.iter().map(|mention| teller.act(mention)).collect(),
        times: in_text().filter_map(|mention| teller.time(told_when(mention, within)?)).collect(),
        places: in_text().filter_map(|mention| teller.place(mention.place?)).collect(),
        parties: teller.all_parties(&mentions),
        counts: main_first(in_text().flat_map(|mention| teller.counts(mention)).collect(), config),
        sources: in_text().flat_map(|mention| teller.sources(mention)).collect(),
        prominence: draft.prominence,
        telling: teller.telling(draft),
    };
    if matches!(draft.family, EventType::Consult | EventType::Agree) {
        let present = attendees(draft, within).filter_map(|(id, span)| teller.known(id, span));
        account.parties.extend(present.map(|party| teller.party(&party, Role::Attendee, 0)));
    }
    account.sort();
    drop_said_twice(&mut account);
    account
}

/// The act that says best what the event is comes first: of the family's own type, with a mode, told
/// first; then the others as they are told.
fn ordered<'a>(draft: &Draft<'a>, config: &AccountConfig) -> Vec<&'a EventMention> {
    let mut mentions: Vec<&EventMention> = draft.seen.iter().map(|seen| seen.mention).collect();
    let own = |mention: &EventMention| config.family(mention.event_type, &mention.cameo) == draft.family;
    let best = (0..mentions.len()).min_by_key(|&n| (!own(mentions[n]), mentions[n].mode.is_none(), n));
    if let Some(best) = best {
        mentions[..=best].rotate_right(1);
    }
    mentions
}

/// As the body tells it; headlines, which shorten, come last.
fn in_text_order<'a>(draft: &Draft<'a>) -> impl Iterator<Item = &'a EventMention> {
    let mut mentions: Vec<&EventMention> = draft.seen.iter().map(|seen| seen.mention).collect();
    mentions.sort_by_key(|mention| mention.trigger.first().map(|span| span.start));
    mentions.into_iter()
}

/// What is said twice in the same words stands once.
fn drop_said_twice(account: &mut Account) {
    drop_repeated(&mut account.times, |time| &time.words);
    drop_repeated(&mut account.places, |place| &place.words);
    drop_repeated(&mut account.counts, |count| &count.words);
    drop_repeated(&mut account.sources, |source| &source.words);
}

fn drop_repeated<T>(items: &mut Vec<T>, words: impl Fn(&T) -> &Words) {
    let mut seen = std::collections::BTreeSet::new();
    items.retain(|item| seen.insert(words(item).clone()));
}

/// Turns findings of one report into what an account holds.
struct Teller<'a> {
    within: &'a InReport<'a>,
    report: &'a Report,
    readings: &'a Readings,
}

impl Teller<'_> {
    fn words(&self, span: Span) -> Words {
        let quote = self.report.words(span).to_owned();
        let of = match self.report.headline.filter(|_| self.report.is_in_headline(span)) {
            Some(headline) => CitedText::Headline(Span::new(
                span.start.saturating_sub(headline.start),
                span.end.saturating_sub(headline.start),
            )),
            None => CitedText::Body(span),
        };
        Words { of, quote }
    }

    /// An act, by the first word that tells of it.
    fn act(&self, mention: &EventMention) -> Act {
        let first = mention.trigger.first().copied().unwrap_or(Span { start: 0, end: 0 });
        Act {
            event_type: mention.event_type,
            mode: mention.mode.as_deref().map(str::to_owned),
            cameo: mention.cameo.to_string(),
            words: self.words(first),
        }
    }

    fn time(&self, found: Found) -> Option<ToldTime> {
        let time = self.readings.times.get(found.index as usize)?;
        if !can_tell_when(time, self.report) {
            return None;
        }
        let (days, nearness) = (days_of(time), found.nearness);
        let precision = self.precision(&time.value, days);
        Some(ToldTime { value: time.value.clone(), days, precision, nearness, words: self.words(time.span) })
    }

    fn precision(&self, value: &str, days: Option<Days>) -> TimePrecision {
        match days {
            Some(days) if days.count() <= self.within.config.day_level => TimePrecision::Day,
            Some(_) => TimePrecision::Stretch,
            None if value.starts_with("XXXX-WXX-") => TimePrecision::Weekday,
            None => TimePrecision::Open,
        }
    }

    fn place(&self, found: Found) -> Option<ToldPlace> {
        let place = self.readings.places.get(found.index as usize)?;
        let location = place.location.as_ref();
        Some(ToldPlace {
            geonames: location.and_then(|l| l.geonames),
            at: location.map(|l| (l.latitude, l.longitude)),
            country: location.and_then(|l| l.country.clone()),
            scale: location.map(|l| l.scale),
            nearness: found.nearness,
            words: self.words(place.span),
        })
    }

    /// Everybody who takes part; first those of the mention that gives the figures.
    fn all_parties(&self, mentions: &[&EventMention]) -> Vec<ToldParty> {
        let mut told: Vec<(&EventMention, u32)> = mentions.iter().copied().zip(0..).collect();
        told.sort_by_key(|(mention, _)| mention.counts.is_empty());
        told.into_iter().flat_map(|(mention, n)| self.parties(mention, n)).collect()
    }

    fn parties(&self, mention: &EventMention, act: u32) -> Vec<ToldParty> {
        let actors = mention.actor.iter().map(|party| (party, Role::Actor));
        let all = actors.chain(mention.recipient.iter().map(|party| (party, Role::Recipient)));
        all.filter(|(party, _)| self.within.is_known(party))
            .flat_map(|(party, role)| {
                self.each(party).into_iter().map(move |one| self.party(&one, role, act))
            })
            .collect()
    }

    /// The party; where it is several, each of them, by the same words.
    fn each(&self, party: &Party) -> Vec<Party> {
        let several: Vec<EntityId> =
            self.within.meant(party).filter(|id| Some(*id) != party.entity).collect();
        if several.is_empty() {
            return vec![party.clone()];
        }
        several.into_iter().filter_map(|id| self.known(id, party.span)).collect()
    }

    /// One that the report knows, as a party by the words at `span`.
    fn known(&self, id: EntityId, span: Span) -> Option<Party> {
        let entity = self.readings.entities.entity(id)?;
        Some(Party { span, entity: Some(id), name: entity.key.clone(), code: entity.code.clone() })
    }

    fn party(&self, party: &Party, role: Role, act: u32) -> ToldParty {
        let entity = party.entity.and_then(|id| self.readings.entities.entity(id));
        let words = self.words(party.span);
        ToldParty {
            key: party.name.clone(),
            name: entity.map_or_else(|| words.quote.clone(), |entity| entity.name.clone()),
            named: party.entity.is_some_and(|id| self.within.is_named(id)),
            link: entity.and_then(|entity| entity.link.clone()),
            code: party.code.as_ref().map(|code| code.as_str().to_owned()),
            role,
            act,
            words,
        }
    }

    fn counts(&self, mention: &EventMention) -> Vec<Placed> {
        let told = |count: &EventCount| Placed {
            count: ToldCount {
                kind: count.kind,
                figure: Figure {
                    min: count.min,
                    max: count.max,
                    approximate: count.approximate,
                    vague: count.vague.clone(),
                    counted: count.counted.clone(),
                },
                by: count.by.as_ref().map(|by| by.name.clone()),
                words: self.words(count.span),
            },
            sentence: mention.sentence,
            in_headline: self.within.is_headlines(count.span),
        };
        mention.counts.iter().map(told).collect()
    }

    /// Who gives the figures, who asserts the act, and through whom it came.
    fn sources(&self, mention: &EventMention) -> Vec<ToldSource> {
        let statement = mention.asserted_by.and_then(|n| self.readings.attributions.get(n as usize));
        let of_counts = mention.counts.iter().filter_map(|count| count.by.as_ref());
        let of_statement = statement.iter().flat_map(|s| s.speaker.iter().chain(&s.reported_by));
        let source = |party: &Party| ToldSource { key: party.name.clone(), words: self.words(party.span) };
        of_counts.chain(of_statement).map(source).collect()
    }

    /// The sentences that tell it, the body's first.
    fn telling(&self, draft: &Draft<'_>) -> Vec<Words> {
        let mut sentences: Vec<u32> =
            draft.seen.iter().map(|seen: &Seen<'_>| seen.mention.sentence).collect();
        sentences.sort_unstable();
        sentences.dedup();
        let spans = sentences.iter().filter_map(|n| self.report.annotated.sentences.get(*n as usize));
        spans.take(self.within.config.telling_sentences).map(|sentence| self.words(sentence.span)).collect()
    }
}
