//! Names and who is meant, against GUM, re3d and UNER.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result};
use dateline_ingest::Treatment;
use dateline_model::{Article, CodePoints, Entities, Report};
use dateline_pipeline::{Annotation, Annotator, Depth};
use serde_json::json;

use crate::arguments::{Eval, Everywhere};
use crate::eval::chains::Scores;
use crate::eval::convention::{Convention, Marked};
use crate::eval::gold::{Document, Mark, documents, files};
use crate::eval::matching::Count;
use crate::eval::said::{Said, chains};
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
        if convention == Convention::Gum {
            let ours = Said::all(annotation);
            let (key, said) = chains(&document.marks, &ours, |_| true);
            scores.add(&key, &said);
            let actor = |kind: &str| matches!(kind, "person" | "organization" | "place");
            let (key, said) = chains(&document.marks, &ours, actor);
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
