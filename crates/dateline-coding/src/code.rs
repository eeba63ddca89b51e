//! From a report's words to its events: the acts of each sentence, with their parties, times and places.

use std::sync::Arc;

use dateline_model::{
    Attribution, CountKind, Entities, EntityType, EventCount, EventMention, EventType, Found, Modality,
    Nearness, Place, PlaceScale, Report, Span, TimeExpression,
};

use crate::act::{Act, acts};
use crate::clause::Clauses;
use crate::counting::{Counted, counts};
use crate::lexicon::CodingLexicon;
use crate::named::Named;
use crate::nearby::Nearby;
use crate::party::{Mentions, whose};
use crate::pattern::Held;
use crate::running::Totals;
use crate::tree::{Class, Dep, Tree};
use crate::venue::tell_venue;

/// What the stages before this one have read in a report.
#[derive(Clone, Copy)]
pub struct Known<'a> {
    /// Who and what is meant.
    pub entities: &'a Entities,
    /// Times.
    pub times: &'a [TimeExpression],
    /// Place names.
    pub places: &'a [Place],
    /// Who is said to have said what.
    pub attributions: &'a [Attribution],
}

/// The events of a report, in the text's order.
#[must_use]
pub fn code_events(report: &Report, known: Known<'_>, lexicon: &CodingLexicon) -> Vec<EventMention> {
    let annotated = &report.annotated;
    let coder = Coder {
        report,
        known,
        lexicon,
        mentions: Mentions::new(known.entities, annotated.tokens.len()),
        nearby: Nearby::new(report, known, &lexicon.small),
    };
    let mut events = Vec::new();
    for (index, sentence) in annotated.sentences.iter().enumerate() {
        let tree = Tree::new(&report.text, &annotated.tokens, sentence, lexicon);
        coder.sentence(index as u32, &tree, &mut events);
    }
    events
}

/// Sentences back in which a contact is looked for that is spoken of again.
const SENTENCES_BACK: u32 = 3;

pub(crate) struct Coder<'a> {
    report: &'a Report,
    known: Known<'a>,
    pub(crate) lexicon: &'a CodingLexicon,
    pub(crate) mentions: Mentions<'a>,
    nearby: Nearby<'a>,
}

impl Coder<'_> {
    fn sentence(&self, index: u32, tree: &Tree<'_>, events: &mut Vec<EventMention>) {
        let named = self.mentions.named(tree);
        let timed: Vec<bool> = tree.tokens.iter().map(|t| self.is_time(t.span)).collect();
        let clauses = Clauses { tree, lexicon: self.lexicon, named: &named, timed: &timed };
        let acts = acts(clauses);
        let mut counted = counts(&self.report.text, tree, &self.lexicon.counts);
        // The figures of a day or a year count nobody: "6 July 2016 A bomber killed …".
        counted.retain(|count| !timed[count.quantity.number]);
        let told = self.told(index, clauses, &acts, &counted);
        let first = events.len();
        for at in &told {
            if let Some(act) = &acts[*at] {
                let act = on_occasion(clauses, &acts, act);
                events.push(self.event(index, tree, &act));
            }
        }
        self.look_back(index, clauses, &acts, first, events);
        for count in &counted {
            self.give(count, index, tree, &told, first, events);
        }
    }

    /// "During the phone call, …": a contact named without its parties tells how the one before it was
    /// held, and perhaps when.
    fn look_back(
        &self,
        index: u32,
        clauses: Clauses<'_>,
        acts: &[Option<Act>],
        before: usize,
        events: &mut [EventMention],
    ) {
        let tree = clauses.tree;
        let told_again = |act: &&Act| {
            act.coded.event_type == EventType::Consult
                && act.coded.mode.is_some()
                && act.actors.is_empty()
                && tree.class(act.anchor) == Class::Noun
                && tree
                    .children_by(act.anchor, Dep::Determiner)
                    .any(|d| clauses.lexicon.small.this.iter().any(|w| tree.is(d, *w)))
        };
        let Some(act) = acts.iter().flatten().find(told_again) else { return };
        let recent = events[..before].iter_mut().rev().take_while(|e| e.sentence + SENTENCES_BACK >= index);
        let same = |e: &&mut EventMention| {
            e.event_type == EventType::Consult && e.actor.len() + e.recipient.len() > 1
        };
        let Some(event) = recent.into_iter().find(same) else { return };
        if event.mode.is_none() {
            event.mode.clone_from(&act.coded.mode);
            event.cameo = act.coded.cameo.clone();
        }
        if event.time.is_none_or(|t| t.nearness == Nearness::Context) {
            let time =
                self.nearby.time(tree, index, act.anchor, None).filter(|t| t.nearness != Nearness::Context);
            event.time = time.map(|t| Found { nearness: Nearness::Context, ..t }).or(event.time);
        }
    }

    /// The words whose acts are told as events: those that no other act has changed, with somebody in them.
    fn told(
        &self,
        index: u32,
        clauses: Clauses<'_>,
        acts: &[Option<Act>],
        counted: &[Counted],
    ) -> Vec<usize> {
        let mut changed = vec![false; acts.len()];
        for act in acts.iter().flatten() {
            let own = act.trigger.iter().copied().chain(act.inner);
            own.filter(|word| *word != act.anchor).for_each(|word| changed[word] = true);
        }
        let telling = |at: &usize| {
            let Some(act) = &acts[*at] else { return false };
            !changed[*at]
                && (self.is_told(clauses, act, counted) || self.is_dated_protest(index, clauses, act))
        };
        (0..acts.len()).filter(telling).collect()
    }

    /// "Friday's march", "the rally on Sunday": told by its day, whoever marched.
    fn is_dated_protest(&self, index: u32, clauses: Clauses<'_>, act: &Act) -> bool {
        let tree = clauses.tree;
        // March is a month, too.
        !clauses.timed[act.anchor]
            && act.coded.event_type == EventType::Protest
            && act.alone
            && tree.class(act.anchor) == Class::Noun
            && self.nearby.time(tree, index, act.anchor, None).is_some_and(|t| t.nearness == Nearness::Clause)
    }

    fn is_told(&self, clauses: Clauses<'_>, act: &Act, counted: &[Counted]) -> bool {
        let (tree, named) = (clauses.tree, clauses.named);
        // "The attack force", "the suspected bomber": the words only say which noun is meant.
        let before_noun = matches!(tree.dep(act.anchor), Dep::Compound | Dep::Adjective)
            && tree.head(act.anchor) > act.anchor;
        if before_noun {
            return false;
        }
        if counted.iter().any(|c| c.told_by == act.anchor) {
            return true;
        }
        let somebody = |at: &usize| named[*at] != Named::Nobody || self.is_somebody(tree, *at);
        let actors = act.actors.iter().filter(|a| somebody(a)).count();
        let recipients = act.recipients.iter().filter(|a| somebody(a)).count();
        if act.mutual {
            let plural =
                |at: &usize| matches!(tree.tag(*at), "NNS" | "NNPS") || self.is_plural_pronoun(tree, *at);
            return actors + recipients > 1 || act.actors.iter().any(|a| somebody(a) && plural(a));
        }
        match tree.class(act.anchor) {
            Class::Noun => act.alone && actors + recipients > 0,
            _ => actors > 0 || (recipients > 0 && act.alone),
        }
    }

    fn is_somebody(&self, tree: &Tree<'_>, at: usize) -> bool {
        self.mentions.at(tree.in_text(at)).is_some_and(|m| crate::party::can_act(m.entity_type))
            || self.lexicon.is_in(tree.lemma(at), self.lexicon.agents)
            || &*tree.tokens[at].pos == "PRON"
    }

    fn is_plural_pronoun(&self, tree: &Tree<'_>, at: usize) -> bool {
        self.lexicon.small.plural.iter().any(|p| tree.is(at, *p))
    }

    fn event(&self, sentence: u32, tree: &Tree<'_>, act: &Act) -> EventMention {
        let party =
            |at: &usize| self.mentions.party(self.report, tree, self.body_behind(tree, *at).unwrap_or(*at));
        let parties = |words: &[usize]| -> Vec<usize> {
            let here = |at: &usize| self.is_scene(tree, act.anchor, *at);
            words.iter().copied().filter(|at| self.can_be_party(tree, *at) && !here(at)).collect()
        };
        let (mut actors, mut recipients) = (parties(&act.actors), parties(&act.recipients));
        if act.mutual {
            actors.append(&mut recipients);
        }
        let is_venue = |at: &usize| self.is_venue(tree, act, *at);
        actors.retain(|at| !is_venue(at));
        recipients.retain(|at| !is_venue(at));
        let whose = self.whose(tree, &actors, &recipients);
        let actors = self.doers(tree, act.coded.event_type, &actors);
        let is_running = self.is_running(tree, act.anchor);
        // The day before does not date what has run up over years.
        let is_own = |time: Found| !is_running || time.nearness < Nearness::Context;
        let trigger = trigger(tree, &act.trigger);
        let asserted_by = self.asserting(trigger[0]);
        let time = self.nearby.time(tree, sentence, act.anchor, asserted_by).filter(|time| is_own(*time));
        let mut event = EventMention {
            event_type: act.coded.event_type,
            mode: act.coded.mode.clone(),
            context: self.context(tree, act),
            cameo: act.coded.cameo.clone(),
            pattern: self.lexicon.pattern(act.pattern).name.clone(),
            actor: actors.iter().map(party).collect(),
            recipient: recipients.iter().map(party).collect(),
            time,
            place: self.nearby.place(tree, sentence, act.anchor, &whose),
            negated: act.negated,
            modality: self.modality(tree, act, time),
            is_running,
            counts: Vec::new(),
            asserted_by,
            sentence,
            trigger,
        };
        let parties = whose.iter().chain(&recipients);
        let countries = parties.filter_map(|at| self.country(tree, *at)).collect();
        tell_venue(&mut event, &countries, self.known.places);
        event
    }

    fn is_running(&self, tree: &Tree<'_>, at: usize) -> bool {
        let totals = Totals { report: self.report, times: self.known.times, lexicon: self.lexicon };
        totals.is_running(tree, at)
    }

    /// "Signed in Geneva", "met at the Upper Castle": what stands after these words is where, and takes no part. A
    /// visit is to a place, and an attack on one; where people come together, no name after them is met.
    fn is_venue(&self, tree: &Tree<'_>, act: &Act, at: usize) -> bool {
        use EntityType::{Facility, Location, Polity};
        let mention = self.mentions.at(tree.in_text(at));
        let is_place = mention.is_some_and(|m| matches!(m.entity_type, Polity | Location | Facility));
        let is_coming_together = matches!(
            act.coded.event_type,
            EventType::Consult | EventType::Agree | EventType::Support | EventType::Cooperate
        );
        let may_be_met = act.coded.mode.is_some() || act.coded.event_type == EventType::Assault;
        let is_within = tree.dep(at) == Dep::PrepositionObject
            && self.lexicon.small.within.iter().any(|word| tree.is(tree.head(at), *word));
        is_within && !may_be_met && (is_place || is_coming_together)
    }

    /// Those who act, and the words that say whose both sides are.
    fn whose(&self, tree: &Tree<'_>, actors: &[usize], recipients: &[usize]) -> Vec<usize> {
        let of = self.lexicon.small.of;
        let both = actors.iter().chain(recipients);
        actors.iter().copied().chain(both.flat_map(|at| whose(tree, *at, of))).collect()
    }

    /// How the report holds the act. "When the president meets them on Monday": what lies ahead of the report's day has
    /// not happened; "might be used to bomb" is no bombing.
    fn modality(&self, tree: &Tree<'_>, act: &Act, time: Option<Found>) -> Modality {
        let is_ahead =
            |found: Found| found.nearness == Nearness::Clause && self.nearby.is_to_come(found.index);
        match modality(act.held) {
            Modality::Asserted if self.is_perhaps(tree, act.anchor) => Modality::Hypothetical,
            Modality::Asserted if time.is_some_and(is_ahead) => Modality::Planned,
            held => held,
        }
    }

    /// Is it the purpose of something that may be?
    fn is_perhaps(&self, tree: &Tree<'_>, at: usize) -> bool {
        let is_purpose =
            tree.tag(at) == "VB" && matches!(tree.dep(at), Dep::AdverbialClause | Dep::OpenClause);
        let perhaps = &self.lexicon.small.perhaps;
        let mut auxiliaries = tree.children_by(tree.head(at), Dep::Auxiliary);
        is_purpose && auxiliaries.any(|auxiliary| perhaps.iter().any(|p| tree.is(auxiliary, *p)))
    }

    /// The country of who is meant by a word.
    fn country(&self, tree: &Tree<'_>, at: usize) -> Option<&str> {
        let entity = self.mentions.at(tree.in_text(at))?.entity?;
        self.known.entities.entity(entity)?.country.as_deref()
    }

    /// Times take no part in what happens.
    fn can_be_party(&self, tree: &Tree<'_>, at: usize) -> bool {
        let noun = matches!(&*tree.tokens[at].pos, "NOUN" | "PROPN" | "PRON" | "NUM" | "ADJ" | "DET");
        noun && !self.is_time(tree.tokens[at].span)
    }

    /// "The Homs bombing": a town or province before the noun says where it was, not who did it.
    fn is_scene(&self, tree: &Tree<'_>, anchor: usize, at: usize) -> bool {
        let before =
            tree.class(anchor) == Class::Noun && tree.dep(at) == Dep::Compound && tree.head(at) == anchor;
        before && self.scale(tree, at).is_some_and(|scale| scale < PlaceScale::Region)
    }

    /// How large the place is that a word names.
    pub(crate) fn scale(&self, tree: &Tree<'_>, at: usize) -> Option<PlaceScale> {
        let (places, span) = (self.known.places, tree.tokens[at].span);
        let after = places.partition_point(|place| place.span.end <= span.start);
        let place = places.get(after).filter(|place| place.span.start < span.end)?;
        Some(place.location.as_ref()?.scale)
    }

    fn is_time(&self, word: Span) -> bool {
        let times = self.known.times;
        let after = times.partition_point(|t| t.span.end <= word.start);
        times.get(after).is_some_and(|t| t.span.start < word.end)
    }

    /// The statement that says it: the shortest whose content holds the words.
    fn asserting(&self, trigger: Span) -> Option<u32> {
        let attributions = self.known.attributions.iter().enumerate();
        let holding = attributions.filter_map(|(index, attribution)| {
            let held =
                attribution.content.iter().find(|c| c.start <= trigger.start && trigger.end <= c.end)?;
            Some((held.end - held.start, index as u32))
        });
        holding.min().map(|(_, index)| index)
    }

    /// Is the word of that class, by its dictionary form or as it stands?
    pub(crate) fn is_of(&self, tree: &Tree<'_>, at: usize, class: u32) -> bool {
        self.lexicon.is_in(tree.lemma(at), class) || self.lexicon.is_in(tree.word(at), class)
    }

    /// PLOVER's contexts that words of the act's own clause tell.
    fn context(&self, tree: &Tree<'_>, act: &Act) -> Vec<Arc<str>> {
        let first = act.anchor.saturating_sub(12);
        let words = first..tree.len().min(act.anchor + 20);
        let tells = |class: u32| words.clone().any(|w| self.is_of(tree, w, class));
        self.lexicon
            .contexts
            .iter()
            .filter(|(_, class)| tells(*class))
            .map(|(name, _)| name.clone())
            .collect()
    }

    /// Gives a count to the event that it belongs to; makes one where people were killed or hurt.
    fn give(
        &self,
        counted: &Counted,
        sentence: u32,
        tree: &Tree<'_>,
        told: &[usize],
        first: usize,
        events: &mut Vec<EventMention>,
    ) {
        let span = counted.quantity.span(tree);
        let by = self.asserting(span).and_then(|i| self.known.attributions.get(i as usize)?.speaker.clone());
        let vague = counted
            .quantity
            .vague
            .map(|_| self.report.words(tree.tokens[counted.quantity.number].span).to_lowercase());
        let entity = self.mentions.at(tree.in_text(counted.quantity.counted)).and_then(|m| m.entity);
        let count = EventCount {
            kind: counted.kind,
            span,
            min: counted.quantity.min,
            max: counted.quantity.max,
            approximate: counted.quantity.approximate,
            vague,
            counted: counted.who.clone(),
            by,
            entity,
        };
        let is_running = self.is_running(tree, counted.told_by);
        let fits =
            |event: &EventMention| fits(counted.kind, event.event_type) && event.is_running == is_running;
        let above = tree.way_up(counted.told_by).take(5);
        let own =
            above.filter_map(|a| told.iter().position(|at| *at == a)).find(|n| fits(&events[first + n]));
        let near = own.map(|n| first + n).or_else(|| (first..events.len()).find(|n| fits(&events[*n])));
        match near {
            Some(n) => events[n].counts.push(count),
            None if matches!(counted.kind, CountKind::Killed | CountKind::Wounded) => {
                if let Some(event) = self.casualties(counted, sentence, tree, events) {
                    events.push(EventMention { counts: vec![count], ..event });
                }
            }
            None => {}
        }
    }

    fn shows_violence(&self, tree: &Tree<'_>) -> bool {
        (0..tree.len()).any(|at| self.lexicon.is_in(tree.lemma(at), self.lexicon.violence))
    }

    /// People were killed or hurt, and the sentence does not say by what: an assault, where the report
    /// tells of one. A flood kills too.
    fn casualties(
        &self,
        counted: &Counted,
        sentence: u32,
        tree: &Tree<'_>,
        events: &[EventMention],
    ) -> Option<EventMention> {
        let violent =
            self.lexicon.counts.is_violent(tree.lemma(counted.told_by)) || self.shows_violence(tree);
        let before = events.iter().rev().find(|e| e.event_type == EventType::Assault);
        if before.is_none() && !violent {
            return None;
        }
        let mut recipients = vec![counted.quantity.counted];
        recipients.retain(|r| tree.class(*r) == Class::Noun);
        let act = Act {
            coded: self.lexicon.casualties.clone(),
            pattern: 0,
            anchor: counted.told_by,
            trigger: vec![counted.told_by],
            actors: Vec::new(),
            recipients,
            around: Vec::new(),
            mutual: false,
            held: Held::Same,
            negated: false,
            strength: 0,
            inner: None,
            alone: true,
        };
        Some(EventMention { pattern: "casualties".into(), ..self.event(sentence, tree, &act) })
    }
}

/// A meeting "during a visit" is part of the visit; talks "in a phone call" are the call.
fn on_occasion(clauses: Clauses<'_>, acts: &[Option<Act>], act: &Act) -> Act {
    let mut act = act.clone();
    if act.coded.event_type != EventType::Consult || act.coded.mode.is_some() {
        return act;
    }
    let words: Vec<usize> = act.trigger.iter().copied().chain([act.anchor]).collect();
    let occasions = words.iter().flat_map(|w| clauses.after(*w, &clauses.lexicon.small.during));
    let found = occasions
        .filter_map(|o| acts[o].as_ref())
        .find(|a| a.coded.event_type == EventType::Consult && a.coded.mode.is_some());
    if let Some(occasion) = found {
        act.coded = occasion.coded.clone();
    }
    act
}

/// Which counts an event of this type may have.
fn fits(kind: CountKind, event_type: EventType) -> bool {
    match kind {
        CountKind::Killed | CountKind::Wounded => {
            matches!(event_type, EventType::Assault | EventType::Protest | EventType::Coerce)
        }
        CountKind::Arrested => {
            matches!(event_type, EventType::Coerce | EventType::Assault | EventType::Protest)
        }
        CountKind::Displaced => !matches!(event_type, EventType::Consult),
        CountKind::Participants => matches!(event_type, EventType::Protest | EventType::Consult),
    }
}

/// The report's stand that a pattern leaves an act with.
pub(crate) fn modality(held: Held) -> Modality {
    match held {
        Held::Same => Modality::Asserted,
        Held::Planned => Modality::Planned,
        Held::Hypothetical => Modality::Hypothetical,
        Held::Denied => Modality::Denied,
    }
}

/// The words that tell of the act; neighbours make one span.
pub(crate) fn trigger(tree: &Tree<'_>, words: &[usize]) -> Vec<Span> {
    let mut words = words.to_vec();
    words.sort_unstable();
    words.dedup();
    let mut spans: Vec<(usize, Span)> = Vec::new();
    for at in words {
        let span = tree.tokens[at].span;
        match spans.last_mut() {
            Some((last, before)) if *last + 1 == at => {
                *last = at;
                before.end = span.end;
            }
            _ => spans.push((at, span)),
        }
    }
    spans.into_iter().map(|(_, span)| span).collect()
}
