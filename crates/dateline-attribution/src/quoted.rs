//! Quotations and the cues beside them: each quotation goes to the verb that introduces it, before,
//! between or behind, and quotations that follow without a cue of their own go on with the last one.

use crate::clause::Doer;
use crate::draft::{Draft, Means};
use crate::lexicon::Frame;
use crate::quotation::Closing;
use crate::reading::Reading;
use crate::tree::Dep;
use crate::words::Words;

/// How far behind a cue a quotation may begin.
const REACH: usize = 40;
/// A predicate of more words is no cue; its colon is.
const CUE: usize = 8;
/// How many words of a source the parse may lose.
const LOST: usize = 3;
/// How many words may sign a quotation.
const SIGNED: usize = 8;
/// A quotation of fewer words is a term, not speech.
const SPEECH: usize = 6;

/// Gives quotations to the cues beside them, in the text's order.
pub(crate) fn give_quotations(reading: &Reading<'_>, drafts: &mut Vec<Draft>) {
    drafts.sort_by_key(|draft| draft.cue.first);
    let mut owner: Vec<Option<usize>> = vec![None; reading.quotes.len()];
    for (number, draft) in drafts.iter_mut().enumerate() {
        let takes = draft.by == Means::Colon
            || reading.verb(draft.cue_head).is_some_and(|verb| verb.takes(Frame::Quote))
                && draft.by == Means::Verb;
        if !takes || reading.quote_of(draft.cue_head).is_some() {
            continue;
        }
        take_words_of_source(reading, draft);
        let sides = [before(reading, draft), behind(reading, draft)];
        if let Some(quote) = sides[0] {
            leave_out_frame(reading, draft, reading.quotes[quote].words);
        }
        if sides[1].is_some_and(|quote| is_sentence(reading, quote)) && is_aside(reading, draft) {
            draft.content.clear();
        }
        if sides[0].is_none() && sides[1].is_some_and(|quote| !is_sentence(reading, quote)) {
            begin_before(reading, draft);
        }
        for quote in sides.into_iter().flatten() {
            if owner[quote].is_none() {
                owner[quote] = Some(number);
                draft.add(reading.quotes[quote].words);
            }
        }
    }
    mark_held(reading, drafts, &mut owner);
    go_on(reading, drafts, &mut owner);
}

/// "“We will go,” Orsk police chief Maret said": words that the parse lost between the quotation and who
/// says it are his.
fn take_words_of_source(reading: &Reading<'_>, draft: &mut Draft) {
    let Some(source) = draft.source.filter(|source| source.end <= draft.cue.first) else { return };
    let belongs =
        |at: usize| reading.quote_of(at).is_none() && (reading.is_noun(at) || reading.tag(at) == "JJ");
    let least = source.first.saturating_sub(LOST);
    let first = (least..source.first).rev().take_while(|at| belongs(*at)).last().unwrap_or(source.first);
    let behind_quote = first.checked_sub(1).is_some_and(|at| reading.quote_of(at).is_some());
    if behind_quote && first < source.first {
        draft.source = Some(Words::new(first, source.end));
        let apart = |piece: &Words| piece.without(Words::new(first, source.end));
        draft.content = draft.content.iter().flat_map(apart).filter(|piece| !piece.is_empty()).collect();
    }
}

/// Of a quotation before the cue what is told around it is not said: "the envoy scolded him: “…,” she
/// said", "“…,” they said, under the charter".
fn leave_out_frame(reading: &Reading<'_>, draft: &mut Draft, quote: Words) {
    let frame = draft.frame();
    let introduced = quote.first.checked_sub(1).is_some_and(|at| reading.text(at) == ":");
    let inner = quote.end.checked_sub(2).map(|at| reading.text(at)).unwrap_or_default();
    let whole = quote.len() >= SPEECH && inner.ends_with([',', '.', '?', '!']);
    draft.content.retain(|piece| {
        let phrase = reading.tag(piece.first) == "IN" && reading.tree.dep(piece.first) == Dep::Preposition;
        let parted = piece.first > frame.end && reading.text(piece.first - 1) == ",";
        !(whole && phrase && parted && reading.quote_of(piece.first).is_none())
    });
    for piece in &mut draft.content {
        if introduced && piece.holds(quote.first) && piece.end <= frame.first {
            piece.first = quote.first;
        }
    }
}

/// "As Maret told reporters, “We …”": what the clause hangs on is not what is said.
fn is_aside(reading: &Reading<'_>, draft: &Draft) -> bool {
    let hangs = matches!(reading.tree.dep(draft.cue_head), Dep::AdverbClause | Dep::RelativeClause);
    hangs && draft.content.iter().all(|piece| piece.end <= draft.frame().first)
}

/// "If it rains, he said, “the dam will break”": the quotation goes on with a sentence begun before.
fn begin_before(reading: &Reading<'_>, draft: &mut Draft) {
    let frame = draft.frame();
    let sentence = reading.tree.sentence(draft.cue_head);
    let comma = frame.first.checked_sub(1).is_some_and(|at| reading.text(at) == ",");
    if comma && draft.content.is_empty() && sentence.first < frame.first {
        draft.add(reading.clipped(Words::new(sentence.first, frame.first), frame));
    }
}

/// Does the quotation begin as a sentence does?
fn is_sentence(reading: &Reading<'_>, quote: usize) -> bool {
    let words = reading.quotes[quote].words;
    let first = (words.first..words.end).find(|at| !reading.is_mark(*at));
    first.is_some_and(|at| reading.text(at).starts_with(char::is_uppercase))
}

/// The quotation that ends where source and cue begin.
fn before(reading: &Reading<'_>, draft: &Draft) -> Option<usize> {
    let frame = draft.frame();
    let mut at = frame.first.checked_sub(1)?;
    let sentence = reading.tree.sentence(draft.cue_head);
    // "…," the minister from Orsk said: the mark may stand a comma or a dash before.
    for _ in 0..2 {
        if let Some(quote) = reading.quote_of(at) {
            let near = !reading.breaks_before(frame.first);
            return (near && reading.quotes[quote].words.end <= frame.first).then_some(quote);
        }
        if !reading.is_mark(at) || at + 1 < sentence.first {
            return None;
        }
        at = at.checked_sub(1)?;
    }
    None
}

/// The quotation that begins behind source and cue in the same sentence, or right behind a colon.
fn behind(reading: &Reading<'_>, draft: &Draft) -> Option<usize> {
    let frame = draft.frame();
    let sentence = reading.tree.sentence(draft.cue_head);
    let limit = (frame.end + REACH).min(reading.len());
    let mut marked = false;
    for at in frame.end..limit {
        if let Some(quote) = reading.quote_of(at) {
            let starts = reading.quotes[quote].words.first == at;
            let introduced = marked || at == frame.end || holds(draft, at);
            return (starts && introduced).then_some(quote);
        }
        let text = reading.text(at);
        match text {
            "," | ":" | "—" | "–" | "-" | "--" => marked = true,
            "." | "!" | "?" | ";" => return None,
            _ if at >= sentence.end && !marked => return None,
            _ => {
                if reading.verb(at).is_some_and(|verb| verb.takes(Frame::Quote)) && !holds(draft, at) {
                    return None;
                }
                marked = marked && reading.is_mark(at);
            }
        }
    }
    None
}

fn holds(draft: &Draft, at: usize) -> bool {
    draft.content.iter().any(|piece| piece.holds(at))
}

/// Quotations within a content have that statement's owner.
fn mark_held(reading: &Reading<'_>, drafts: &[Draft], owner: &mut [Option<usize>]) {
    for (number, draft) in drafts.iter().enumerate() {
        for piece in &draft.content {
            let from = reading.quotes.partition_point(|quote| quote.words.end <= piece.first);
            let held =
                (from..reading.quotes.len()).take_while(|q| reading.quotes[*q].words.first < piece.end);
            for quote in held {
                if owner[quote].is_none() {
                    owner[quote] = Some(number);
                }
            }
        }
    }
}

/// Quotations without a cue of their own.
fn go_on(reading: &Reading<'_>, drafts: &mut Vec<Draft>, owner: &mut [Option<usize>]) {
    // A quotation that its paragraph leaves open belongs to the one that the next paragraph reopens.
    for quote in (1..reading.quotes.len()).rev() {
        if let (None, Some(next), Closing::Open) =
            (owner[quote - 1], owner[quote], reading.quotes[quote - 1].closing)
        {
            drafts[next].add(reading.quotes[quote - 1].words);
            owner[quote - 1] = Some(next);
        }
    }
    let mut latest = owner.first().copied().flatten();
    for quote in 1..reading.quotes.len() {
        latest = owner[quote - 1].or(latest);
        let Some(last) = latest.filter(|_| owner[quote].is_none()) else { continue };
        let reopens = owner[quote - 1].is_some() && reading.quotes[quote - 1].closing == Closing::Open;
        if reopens || follows(reading, &drafts[last], quote) {
            drafts[last].add(reading.quotes[quote].words);
            owner[quote] = Some(last);
        }
    }
    for (number, quote) in reading.quotes.iter().enumerate() {
        if owner[number].is_some() {
            continue;
        }
        if let Some(draft) = signed(reading, quote.words) {
            drafts.push(draft);
        } else if is_speech(reading, quote.words) {
            drafts.push(introduced(reading, quote.words).unwrap_or_else(|| free(quote.words)));
        }
    }
}

/// Does the quotation stand alone in its sentence, right behind the statement?
fn follows(reading: &Reading<'_>, draft: &Draft, quote: usize) -> bool {
    let words = reading.quotes[quote].words;
    let Some(last) = draft.content.last() else { return false };
    let opens = draft.content.first().is_some_and(|piece| reading.quote_of(piece.first).is_some());
    let is_direct = opens || reading.quote_of(last.end - 1).is_some();
    let behind_frame = draft.frame().end;
    let from = last.end.max(behind_frame);
    if !is_direct || from > words.first {
        return false;
    }
    let gap = Words::new(from, words.first);
    let own_sentence = reading.tree.sentence(draft.cue_head);
    if gap.len() > REACH {
        return false;
    }
    let between = (gap.first..gap.end)
        .all(|at| reading.is_mark(at) || own_sentence.holds(at) && last.end <= behind_frame);
    let begins = gap.is_empty() || reading.is_mark(gap.end - 1) || reading.breaks_before(words.first);
    between && begins && ends_alone(reading, words)
}

/// Nothing but marks follows to the end of the sentence or paragraph, or the quotation ends a sentence itself.
fn ends_alone(reading: &Reading<'_>, words: Words) -> bool {
    let inner = words.end.checked_sub(2).map(|at| reading.text(at)).unwrap_or_default();
    let ends_itself = inner.ends_with(['.', '!', '?', '…', '-', '—']);
    let next = reading.text(words.end);
    ends_itself
        || next.trim().is_empty()
        || words.end >= reading.len()
        || reading.breaks_before(words.end)
        || matches!(next, "." | "!" | "?")
}

/// Words enough, a verb, and a place that says speech: a paragraph of its own, or behind a colon.
fn is_speech(reading: &Reading<'_>, words: Words) -> bool {
    let alone = reading.breaks_before(words.first)
        && (reading.breaks_before(words.end) || words.end >= reading.len());
    let introduced = (words.first.saturating_sub(2)..words.first).any(|at| reading.text(at) == ":");
    if !alone && !introduced {
        return false;
    }
    let count = (words.first..words.end).filter(|at| !reading.is_mark(*at)).count();
    count >= SPEECH && (words.first..words.end).any(|at| reading.is_verb(at) && reading.tag(at) != "VBG")
}

/// "“We shall not forget.” — Anna Maret": a quotation on lines of its own, a dash, and a name to the
/// line's end.
fn signed(reading: &Reading<'_>, words: Words) -> Option<Draft> {
    let dash = words.end;
    let is_dash = matches!(reading.text(dash), "―" | "—" | "–" | "--" | "-" | "~");
    if !is_dash || !reading.breaks_before(words.first) || !reading.on_one_line(words.end - 1, dash) {
        return None;
    }
    let limit = (dash + SIGNED + 2).min(reading.len());
    let ends =
        |at: usize| at >= reading.len() || reading.breaks_before(at) || reading.text(at).contains('\n');
    let end = (dash + 1..=limit).find(|at| ends(*at))?;
    let source = reading.trimmed(Words::new(dash + 1, end));
    let head = (source.first..source.end).find(|at| reading.text(*at) == ",").unwrap_or(source.end);
    let head = head.checked_sub(1).filter(|head| source.holds(*head))?;
    let is_name = reading.is_named(source.first) || reading.tag(source.first).starts_with("NNP");
    is_name.then(|| Draft {
        source: Some(source),
        source_head: Some(head),
        cue: Words::one(dash),
        cue_head: dash,
        content: vec![words],
        by: Means::Colon,
        through: Vec::new(),
        holds_others: false,
    })
}

/// "The palace released the following statement: …": the sentence before the colon has a subject, and
/// what it does there is the cue.
fn introduced(reading: &Reading<'_>, words: Words) -> Option<Draft> {
    let colon = (words.first.saturating_sub(2)..words.first).rev().find(|at| reading.text(*at) == ":")?;
    let sentence = reading.tree.sentence(colon);
    let verb =
        (sentence.first..colon).find(|at| reading.tree.dep(*at) == Dep::Root && reading.is_verb(*at))?;
    let clause = reading.clause(verb);
    let Doer::Of(subject) = clause.doer else { return None };
    let source = reading.source(subject, verb);
    let whole = Words::new(reading.company(&clause, Some(source)).first, colon + 1);
    let cue = if whole.len() <= CUE { whole } else { Words::one(colon) };
    (!source.meets(cue)).then(|| Draft {
        source: Some(source),
        source_head: Some(subject),
        cue,
        cue_head: colon,
        content: vec![words],
        by: Means::Colon,
        through: Vec::new(),
        holds_others: false,
    })
}

/// Words in quotation marks that no cue stands by.
fn free(words: Words) -> Draft {
    let none = Words::new(words.first, words.first);
    Draft {
        source: None,
        source_head: None,
        cue: none,
        cue_head: words.first,
        content: vec![words],
        by: Means::Marks,
        through: Vec::new(),
        holds_others: false,
    }
}
