//! Names and who is meant, against GUM, re3d and UNER.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result};
use dateline_ingest::Treatment;
use dateline_model::{Article, CodePoints, Entities, EntityType, MentionKind, Report};
use dateline_pipeline::{Annotation, Annotator, Depth};
use serde_json::json;

use crate::arguments::{Eval, Everywhere};
use crate::eval::chains::{Chain, Scores};
use crate::eval::convention::{Convention, Marked};
use crate::eval::gold::{Document, Mark, documents, files};
use crate::eval::matching::Count;
use crate::extract::{Look, each_article};
use crate::language::load;

/// Reads each file of the data set; prints figures, or our marks by its convention.
pub(crate) fn run(options: &Eval, everywhere: &Everywhere) -> Result<ExitCode> {
    let annotator = Annotator::new(load(&options.language)?, Depth::Full, None);
    let mut out = io::stdout().lock();
    for file in files(&options.data)? {
        let gold = documents(&file)?;
        let convention = Convention::of(gold.iter().flat_map(|d| d.marks.iter().map(|m| m.kind.as_str())));
        let found = read(&annotator, &file, everywhere)?;
        if options.marks {
            print_marks(&mut out, convention, &gold, &found)?;
        } else {
            writeln!(out, "{}", file.display())?;
            figures(&mut out, convention, &gold, &found)?;
        }
    }
    out.flush().context("cannot write to standard output")?;
    Ok(ExitCode::SUCCESS)
}

/// What is read in each document, in the file's order.
fn read(annotator: &Annotator, file: &Path, everywhere: &Everywhere) -> Result<Vec<Annotation>> {
    let inputs = [file.to_string_lossy().into_owned()];
    let mut found = Vec::new();
    let make = |article: &Article| annotator.annotate(article);
    each_article(&inputs, (Treatment::AsIs, Look::Never), everywhere, make, |annotation| {
        found.push(annotation);
        Ok(())
    })?;
    Ok(found)
}

/// Entities of one document.
fn entities(annotation: &Annotation) -> Option<(&Report, &Entities)> {
    Some((&annotation.report, &annotation.readings.as_ref()?.entities))
}

fn print_marks(
    out: &mut impl Write,
    convention: Convention,
    gold: &[Document],
    found: &[Annotation],
) -> Result<()> {
    for (document, annotation) in gold.iter().zip(found) {
        let marks = in_code_points(convention, annotation);
        let marks: Vec<_> =
            marks.iter().map(|m| json!({"start": m.start, "end": m.end, "type": m.kind})).collect();
        writeln!(out, "{}", json!({"id": document.id, "text": document.line["text"], "entities": marks}))?;
    }
    Ok(())
}

fn in_code_points(convention: Convention, annotation: &Annotation) -> Vec<Marked> {
    let Some((report, found)) = entities(annotation) else { return Vec::new() };
    let index = CodePoints::new(&report.text);
    let of = |byte: u32| index.of(byte as usize);
    let marks = convention.mark(report, found).into_iter();
    marks.map(|m| Marked { start: of(m.start), end: of(m.end), kind: m.kind }).collect()
}

fn figures(
    out: &mut impl Write,
    convention: Convention,
    gold: &[Document],
    found: &[Annotation],
) -> Result<()> {
    let (mut strict, mut by_kind) = (Count::default(), BTreeMap::new());
    let (mut scores, mut actors) = (Scores::default(), Scores::default());
    for (document, annotation) in gold.iter().zip(found) {
        let marks = in_code_points(convention, annotation);
        for kind in convention.kinds() {
            let count = of_kind(kind, &document.marks, &marks);
            by_kind.entry(*kind).or_insert_with(Count::default).add(count);
            strict.add(count);
        }
        if let Some((report, entities)) = entities(annotation).filter(|_| convention == Convention::Gum) {
            let (key, said) = chains(&document.marks, report, entities, |_| true);
            scores.add(&key, &said);
            let actor = |kind: &str| matches!(kind, "person" | "organization" | "place");
            let (key, said) = chains(&document.marks, report, entities, actor);
            actors.add(&key, &said);
        }
    }
    row(out, "strict", strict)?;
    for (kind, count) in by_kind {
        row(out, kind, count)?;
    }
    if convention == Convention::Gum {
        row(out, "MUC", scores.muc)?;
        row(out, "B3", scores.b_cubed)?;
        row(out, "CEAF-e", scores.ceaf)?;
        writeln!(out, "score: conll_f1 {:.4}", scores.conll())?;
        writeln!(out, "score: conll_f1_persons_bodies_places {:.4}", actors.conll())?;
    }
    writeln!(out, "score: strict_f1 {:.4}", strict.f1())?;
    Ok(())
}

fn row(out: &mut impl Write, name: &str, count: Count) -> io::Result<()> {
    writeln!(out, "{name:<14} P {:.3}  R {:.3}  F1 {:.3}", count.precision(), count.recall(), count.f1())
}

/// Same span, same type, one to one.
fn of_kind(kind: &str, gold: &[Mark], marks: &[Marked]) -> Count {
    let gold: Vec<(u32, u32)> =
        gold.iter().filter(|m| m.kind == kind && m.named).map(|m| (m.start, m.end)).collect();
    let said: Vec<(u32, u32)> = marks.iter().filter(|m| m.kind == kind).map(|m| (m.start, m.end)).collect();
    let mut left: BTreeMap<(u32, u32), usize> = BTreeMap::new();
    for span in &gold {
        *left.entry(*span).or_default() += 1;
    }
    let right = said
        .iter()
        .filter(|span| left.get_mut(span).is_some_and(|n| n.checked_sub(1).map(|less| *n = less).is_some()))
        .count();
    Count::of(right, said.len(), gold.len())
}

/// The data's chains and ours that hold a name of the kinds that count, with the same number for the same
/// mention.
fn chains(
    gold: &[Mark],
    report: &Report,
    found: &Entities,
    counts: impl Fn(&str) -> bool,
) -> (Vec<Chain>, Vec<Chain>) {
    let mut key: BTreeMap<&str, (Chain, bool)> = BTreeMap::new();
    for (number, mark) in (0..).zip(gold) {
        if let Some(chain) = &mark.chain {
            let entry = key.entry(chain).or_default();
            entry.0.push(number);
            entry.1 |= mark.named && counts(&mark.kind);
        }
    }
    let mut said: BTreeMap<u32, (Chain, bool)> = BTreeMap::new();
    let numbers = same_mentions(gold, report, found);
    for (mention, number) in found.mentions.iter().zip(numbers) {
        if let Some(id) = mention.entity.filter(|_| Convention::Gum.counts(report, mention)) {
            let entry = said.entry(id.0).or_default();
            entry.0.push(number);
            entry.1 |= mention.kind == MentionKind::Name && counts(kind(mention.entity_type));
        }
    }
    (with_names(key.into_values()), with_names(said.into_values()))
}

/// GUM's name of a type.
fn kind(entity_type: EntityType) -> &'static str {
    match entity_type {
        EntityType::Person | EntityType::Norp => "person",
        EntityType::Organisation => "organization",
        EntityType::Polity | EntityType::Location | EntityType::Facility => "place",
        _ => "abstract",
    }
}

/// Chains of two mentions or more that hold a name.
fn with_names(chains: impl Iterator<Item = (Chain, bool)>) -> Vec<Chain> {
    chains.filter(|(chain, named)| *named && chain.len() > 1).map(|(chain, _)| chain).collect()
}

/// For each of our mentions the number of the same one in the data, else a number of its own. The bare
/// words are compared first; where the data's head is a title ("captain Sobol"), the whole phrase.
fn same_mentions(gold: &[Mark], report: &Report, found: &Entities) -> Vec<u32> {
    let index = CodePoints::new(&report.text);
    let mut taken = vec![false; gold.len()];
    let mut by_start: Vec<usize> = (0..gold.len()).collect();
    by_start.sort_by_key(|i| gold[*i].end - gold[*i].start);
    let none = u32::try_from(gold.len()).unwrap_or(u32::MAX);
    let mut numbers: Vec<u32> = (none..).take(found.mentions.len()).collect();
    let mut left = vec![true; numbers.len()];
    for whole in [false, true] {
        for (number, mention) in found.mentions.iter().enumerate() {
            if !left[number] {
                continue;
            }
            let bare = (mention.span.start, mention.span.end);
            let span = if whole { Convention::phrase(report, mention) } else { bare };
            let (start, end) = (index.of(span.0 as usize), index.of(span.1 as usize));
            let fits = |i: &&usize| {
                let mark = &gold[**i];
                let (from, to) = mark.head.unwrap_or((mark.start, mark.end));
                !taken[**i] && mark.start <= start && end <= mark.end && start <= from && to <= end
            };
            if let Some(at) = by_start.iter().find(fits).copied() {
                (taken[at], left[number]) = (true, false);
                numbers[number] = u32::try_from(at).unwrap_or(u32::MAX);
            }
        }
    }
    numbers
}
