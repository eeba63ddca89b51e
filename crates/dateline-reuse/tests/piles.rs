//! What must hold of any pile: its order does not matter, passages lie where they are said to lie, and
//! no text makes the work run away.

#![expect(clippy::unwrap_used, reason = "a test says loudly what is missing")]

use dateline_model::{Alignment, Relation, SharedText};
use dateline_pile::Scratch;
use dateline_reuse::{Entry, Reuse, Rules, Stamp, detect_reuse, detect_reuse_within};
use proptest::collection::vec;
use proptest::prelude::*;

fn entry(id: usize, day: i32, text: String) -> Entry<'static> {
    let published = (day > 0).then_some(Stamp { day, minute: None });
    Entry { id: format!("r{id}"), text: text.into(), published, ..Entry::default() }
}

/// A sentence of ten words from a small vocabulary, some of them names, marks and other scripts.
fn sentence() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        "[a-d]{2,3}".boxed(),
        "[A-C][a-c]{2}".boxed(),
        "(é|ж|𝄞|“|”|\"|'s|\\.|\n\n|7|橋){1,3}".boxed(),
    ];
    vec(word, 10..24).prop_map(|words| format!("{}. ", words.join(" ")))
}

/// Reports made of sentences of one store, so that they share some.
fn piles() -> impl Strategy<Value = Vec<Entry<'static>>> {
    let reports = vec((vec(0..12_usize, 1..6), 0..9_i32), 2..9);
    (vec(sentence(), 12), reports).prop_map(|(store, reports)| {
        let text = |parts: &[usize]| parts.iter().map(|n| store[*n].as_str()).collect::<String>();
        (0..).zip(&reports).map(|(id, (parts, day))| entry(id, *day, text(parts))).collect()
    })
}

fn reuse(pile: &[Entry<'_>]) -> Reuse {
    detect_reuse(pile, &Rules::built_in())
}

fn quotes<'a>(found: &Alignment, pile: &'a [Entry<'a>]) -> (&'a str, &'a str) {
    let quote = |passage: &dateline_model::Passage| {
        let entry = pile.iter().find(|entry| entry.id == passage.article).unwrap();
        entry.text.get(passage.span.range()).unwrap()
    };
    (quote(&found.a), quote(&found.b))
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect()
}

proptest! {
    #[test]
    fn the_order_of_a_pile_does_not_matter(pile in piles(), turn in 0..9_usize) {
        let mut turned = pile.clone();
        turned.rotate_left(turn % pile.len());
        let reversed: Vec<_> = pile.iter().rev().cloned().collect();
        prop_assert_eq!(reuse(&pile), reuse(&turned));
        prop_assert_eq!(reuse(&pile), reuse(&reversed));
    }

    #[test]
    fn what_waits_in_files_is_found_as_well(pile in piles()) {
        let scratch = Scratch { memory: 200, ..Scratch::unneeded() };
        let found = detect_reuse_within(&pile, &Rules::built_in(), &scratch).unwrap();
        prop_assert_eq!(found, reuse(&pile));
    }

    #[test]
    fn passages_lie_in_their_texts_and_agree(pile in piles()) {
        for pair in &reuse(&pile).pairs {
            prop_assert!(pair.a < pair.b);
            for found in &pair.alignments {
                let (a, b) = quotes(found, &pile);
                prop_assert!((found.a.article.as_str(), found.b.article.as_str()) == (pair.a.as_str(), pair.b.as_str()));
                prop_assert!((0.0..=1.0).contains(&found.similarity));
                let (a, b) = (words(a), words(b));
                prop_assert!(a.iter().filter(|word| b.contains(word)).count() >= 5, "{:?} {:?}", a, b);
            }
        }
    }

    #[test]
    fn passages_of_a_pair_do_not_overlap(pile in piles()) {
        for pair in &reuse(&pile).pairs {
            for (n, x) in pair.alignments.iter().enumerate() {
                for y in &pair.alignments[n + 1..] {
                    prop_assert!(x.a.span.end <= y.a.span.start);
                    prop_assert!(x.b.span.end <= y.b.span.start || y.b.span.end <= x.b.span.start);
                }
            }
        }
    }
}

const LEAD: &str =
    "The ferry ran onto a sandbank off the northern cape before dawn with nine sailors aboard. ";
const OTHER: &str =
    "Prices at the fish market rose again, and few of the buyers were seen to complain about it. ";

#[test]
fn a_text_under_many_names_is_one_cluster() {
    let pile: Vec<_> = (0..60).map(|n| entry(n, 1, format!("{LEAD}{OTHER}Desk {n}."))).collect();
    let found = reuse(&pile);
    assert_eq!(found.clusters.len(), 1);
    assert_eq!(found.clusters[0].witnesses.len(), 60);
    // Neighbours only: the pairs grow with the pile, not with its square.
    assert!(found.pairs.len() < 60 * 30, "{}", found.pairs.len());
}

#[test]
fn quoted_words_do_not_make_a_copy() {
    let pile = [entry(0, 1, format!("He read: “{LEAD}” Then he left.")), entry(1, 1, LEAD.to_owned())];
    let found = reuse(&pile);
    assert_eq!(found.pairs[0].relation, Relation::Quotation);
    assert!(found.pairs[0].alignments.iter().all(|found| found.kind == SharedText::Quotation));
    assert!(found.clusters.is_empty());
}

#[test]
fn hostile_texts_are_read_in_time() {
    let sentence: String = (0..100_000).map(|n| format!("w{} ", n % 5000)).collect();
    let refrain = "la ".repeat(200_000);
    let marks = "\" ' “ ".repeat(100_000);
    let one_word = "x".repeat(1_000_000);
    let texts = [
        sentence.clone(),
        sentence,
        refrain.clone(),
        refrain,
        marks.clone(),
        marks,
        one_word.clone(),
        one_word,
    ];
    let pile: Vec<_> = (0..).zip(texts).map(|(n, text)| entry(n, 1, text)).collect();
    assert!(reuse(&pile).pairs.len() >= 2);
}

#[test]
fn empty_piles_and_texts_are_fine() {
    assert_eq!(reuse(&[]), Reuse::default());
    assert_eq!(reuse(&[entry(0, 0, String::new()), entry(1, 0, "One.".to_owned())]), Reuse::default());
}
