//! Which of an account's figures of one kind is the one that it gives for the event as a whole?
//!
//! The largest of the body's first sentence that gives any, else the headline's, which rounds and drops "at
//! least"; parts ("among them nine children") and the war's whole toll are others. Where the body says "at
//! least" anywhere of that number, that is what it says; where that number is a round one ("more than 30") and
//! the body gives a sharper one that fits it (32), it is the sharper.

use dateline_model::{CountKind, Figure, ToldCount};

use crate::account::config::AccountConfig;

/// A figure, and where it is told.
pub(crate) struct Placed {
    pub(crate) count: ToldCount,
    pub(crate) sentence: u32,
    pub(crate) in_headline: bool,
}

/// The figures in the text's order, those of the headline last; but of each kind the one for the event
/// as a whole first.
pub(crate) fn main_first(mut placed: Vec<Placed>, config: &AccountConfig) -> Vec<ToldCount> {
    drop_wars(&mut placed, config);
    placed.sort_by_key(|p| p.in_headline);
    let mut kinds: Vec<CountKind> = placed.iter().map(|p| p.count.kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    for kind in kinds {
        if let Some(main) = main_figure(&placed, kind, config) {
            placed[..=main].rotate_right(1);
        }
    }
    placed.into_iter().map(|p| p.count).collect()
}

/// The dead of a whole war are not those of a raid.
fn drop_wars(placed: &mut Vec<Placed>, config: &AccountConfig) {
    let is_war = |p: &Placed| p.count.figure.named().is_some_and(|own| own >= config.war_toll);
    let least: Vec<CountKind> = placed.iter().filter(|p| !is_war(p)).map(|p| p.count.kind).collect();
    placed.retain(|p| !(is_war(p) && least.contains(&p.count.kind)));
}

fn main_figure(placed: &[Placed], kind: CountKind, config: &AccountConfig) -> Option<usize> {
    let of_kind: Vec<usize> = (0..placed.len()).filter(|n| placed[*n].count.kind == kind).collect();
    let whole: Vec<usize> =
        of_kind.iter().copied().filter(|n| is_whole(&placed[*n], &of_kind, placed, config)).collect();
    let number = |n: &usize| placed[*n].count.figure.named();
    let in_body = || whole.iter().copied().filter(|n| !placed[*n].in_headline);
    let Some(sentence) = in_body().next().map(|n| placed[n].sentence) else {
        return whole.first().copied();
    };
    let first = in_body().filter(|n| placed[*n].sentence == sentence);
    let largest = first.max_by_key(number)?;
    let sharper =
        in_body().find(|n| is_sharper(&placed[*n].count.figure, &placed[largest].count.figure, config));
    let target = number(&sharper.unwrap_or(largest));
    let named = || in_body().filter(|n| number(n) == target);
    named().find(|n| placed[*n].count.figure.max.is_none()).or_else(|| named().next())
}

/// Not a part, not the attacker alone, and not the toll of a whole war.
fn is_whole(one: &Placed, of_kind: &[usize], placed: &[Placed], config: &AccountConfig) -> bool {
    let Some(own) = one.count.figure.named() else { return false };
    let others =
        || of_kind.iter().filter_map(|n| placed[*n].count.figure.named()).filter(move |other| *other != own);
    // "Five medics died"; nine fighters, told far below, are not those of whom they are a part.
    let is_near =
        |other: &Placed| other.in_headline || other.sentence.abs_diff(one.sentence) <= config.parts_within;
    let near =
        || of_kind.iter().filter(|n| is_near(&placed[**n])).filter_map(|n| placed[*n].count.figure.named());
    let is_part = config.parts.contains(&one.count.figure.counted);
    let is_alone = own <= 1 && others().any(|other| other > own);
    !(is_alone || is_part && near().any(|other| other > own))
}

/// "32" beside "more than 30", "29" beside "nearly 30": what was rounded, said in full.
fn is_sharper(figure: &Figure, rounded: &Figure, config: &AccountConfig) -> bool {
    Number::of(figure).is_some_and(|own| Number::of(rounded).is_some_and(|other| own.fills(other, config)))
}

/// A number as a report names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Number {
    pub(crate) named: u32,
    is_about: bool,
    is_least: bool,
}

impl Number {
    /// That of a figure; none for words without a number.
    pub(crate) fn of(figure: &Figure) -> Option<Self> {
        Self::between(figure.min, figure.max, figure.approximate)
    }

    pub(crate) fn between(min: Option<u32>, max: Option<u32>, is_about: bool) -> Option<Self> {
        Some(Self { named: min.or(max)?, is_about, is_least: max.is_none() })
    }

    /// Is it the sharp number behind `rounded`?
    pub(crate) fn fills(self, rounded: Self, config: &AccountConfig) -> bool {
        let is_round = |number: Self| number.named.is_multiple_of(config.round);
        let is_open = rounded.is_about || rounded.is_least;
        let fits = rounded.is_about || self.named >= rounded.named;
        let near = self.named.abs_diff(rounded.named).saturating_mul(config.sharper_within) <= rounded.named;
        is_open && fits && near && is_round(rounded) && !is_round(self) && !self.is_about
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_model::{CitedText, Span, Words};

    fn told(sentence: u32, min: u32, max: Option<u32>, counted: &str) -> Placed {
        let words = Words { of: CitedText::Body(Span::new(0, 1)), quote: String::new() };
        let counted = counted.to_owned();
        let figure = Figure { min: Some(min), max, approximate: false, vague: None, counted };
        let count = ToldCount { kind: CountKind::Killed, figure, by: None, words };
        Placed { count, sentence, in_headline: false }
    }

    #[test]
    fn the_figure_for_the_whole_comes_first() {
        let headline = |min| Placed { in_headline: true, ..told(9, min, Some(min), "all") };
        for (name, placed, expected) in [
            ("the body before the headline", vec![headline(40), told(0, 44, None, "all")], (44, None)),
            ("the headline alone", vec![headline(40)], (40, Some(40))),
            (
                "a part is not the whole",
                vec![told(0, 9, Some(9), "children"), told(0, 23, Some(23), "all")],
                (23, Some(23)),
            ),
            (
                "nor of what is told elsewhere",
                vec![told(0, 5, Some(5), "medics"), told(6, 9, Some(9), "fighters")],
                (5, Some(5)),
            ),
            (
                "at least, said further on",
                vec![told(0, 12, Some(12), "all"), told(3, 12, None, "all")],
                (12, None),
            ),
            (
                "rounded, then in full",
                vec![told(0, 30, None, "all"), told(2, 32, Some(32), "all"), told(3, 50, Some(50), "all")],
                (32, Some(32)),
            ),
            (
                "another number does not fill a round one",
                vec![told(0, 30, None, "all"), told(2, 28, Some(28), "all"), told(3, 47, Some(47), "all")],
                (30, None),
            ),
            (
                "a war's whole toll",
                vec![told(0, 280_000, None, "all"), told(1, 7, Some(7), "all")],
                (7, Some(7)),
            ),
        ] {
            let first = main_first(placed, &AccountConfig::built_in()).remove(0).figure;
            assert_eq!((first.min.unwrap_or(0), first.max), expected, "{name}");
        }
    }
}
