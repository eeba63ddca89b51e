//! The logs of several persons as one, with what they differ on and how far they agree.

use std::collections::{BTreeMap, BTreeSet};

use dateline_model::{Correction, CorrectionLog, Moment};
use serde::Serialize;

use crate::alpha::nominal_alpha;
use crate::judgement::{Judgement, Unit, judgements};

/// Several logs laid together.
#[derive(Clone, Debug)]
pub struct Combined {
    /// All entries, each once, by their time; what stood in one order in a log still does.
    pub log: CorrectionLog,
    /// Units on which logs differ.
    pub disagreements: Vec<Disagreement>,
    /// How far the logs agree, question by question.
    pub agreement: Vec<Agreement>,
}

/// Several logs held against each other.
#[derive(Clone, Debug)]
pub struct Compared {
    /// Units on which logs differ.
    pub disagreements: Vec<Disagreement>,
    /// How far the logs agree, question by question.
    pub agreement: Vec<Agreement>,
}

/// A unit that logs judge differently.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Disagreement {
    /// The question: a field's name, `events`, `accounts`, `entities`, `origins`.
    pub variable: String,
    /// What it is asked of.
    pub of: String,
    /// What each says.
    pub voices: Vec<Voice>,
}

/// What one log says of a unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Voice {
    /// Index of the log.
    pub log: usize,
    /// Who made the correction.
    pub who: String,
    /// The answer.
    pub value: String,
    /// Id of the correction.
    pub correction: String,
}

/// How far logs agree on one question.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Agreement {
    /// The question.
    pub variable: String,
    /// Units that at least two logs judge.
    pub units: usize,
    /// Of them, those that all judge alike.
    pub alike: usize,
    /// Krippendorff's alpha; none where all values are alike.
    pub alpha: Option<f64>,
}

/// Lays logs together.
#[must_use]
pub fn combine(logs: &[CorrectionLog]) -> Combined {
    let Compared { disagreements, agreement } = compare(logs);
    Combined { log: CorrectionLog::of(joined(logs)), disagreements, agreement }
}

/// Holds logs against each other.
#[must_use]
pub fn compare(logs: &[CorrectionLog]) -> Compared {
    let all: Vec<BTreeMap<Unit, Judgement>> = logs.iter().map(judgements).collect();
    let units: BTreeSet<&Unit> = all.iter().flat_map(BTreeMap::keys).collect();
    let mut disagreements = Vec::new();
    let mut by_variable: BTreeMap<&str, Vec<Vec<&str>>> = BTreeMap::new();
    for unit in units {
        let judged: Vec<(usize, &Judgement)> =
            all.iter().enumerate().filter_map(|(n, log)| Some((n, log.get(unit)?))).collect();
        if judged.len() < 2 {
            continue;
        }
        let values: Vec<&str> = judged.iter().map(|(_, judgement)| judgement.value.as_str()).collect();
        if values.iter().any(|value| *value != values[0]) {
            disagreements.push(disagreement(unit, &judged, logs));
        }
        by_variable.entry(&unit.variable).or_default().push(values);
    }
    let agreement = by_variable.into_iter().map(|(variable, units)| agreement(variable, &units)).collect();
    Compared { disagreements, agreement }
}

fn disagreement(unit: &Unit, judged: &[(usize, &Judgement)], logs: &[CorrectionLog]) -> Disagreement {
    let voice = |(log, judgement): &(usize, &Judgement)| Voice {
        log: *log,
        who: logs[*log].entry(&judgement.correction).map(|entry| entry.who.clone()).unwrap_or_default(),
        value: judgement.value.clone(),
        correction: judgement.correction.clone(),
    };
    Disagreement {
        variable: unit.variable.clone(),
        of: judged.first().map(|(_, judgement)| judgement.shown.clone()).unwrap_or_default(),
        voices: judged.iter().map(voice).collect(),
    }
}

fn agreement(variable: &str, units: &[Vec<&str>]) -> Agreement {
    let alike = units.iter().filter(|unit| unit.iter().all(|value| *value == unit[0])).count();
    Agreement { variable: variable.to_owned(), units: units.len(), alike, alpha: nominal_alpha(units) }
}

/// The entries of all logs by time, each log's in its own order: of the first entries that are left, the
/// earliest is taken.
fn joined(logs: &[CorrectionLog]) -> Vec<Correction> {
    let mut rest: Vec<&[Correction]> = logs.iter().map(CorrectionLog::entries).collect();
    let (mut joined, mut seen): (Vec<Correction>, BTreeSet<&str>) = (Vec::new(), BTreeSet::new());
    loop {
        for log in &mut rest {
            while let Some((first, others)) =
                log.split_first().filter(|(first, _)| seen.contains(first.id.as_str()))
            {
                let _ = first;
                *log = others;
            }
        }
        let heads = rest.iter().filter_map(|log| log.first());
        let Some(first) = heads.min_by_key(|entry| (moment(&entry.when), &entry.id)) else { return joined };
        seen.insert(&first.id);
        joined.push(first.clone());
    }
}

/// A moment in minutes and seconds of Greenwich, to be put in order; what cannot be read comes first.
fn moment(when: &str) -> Option<jiff::civil::DateTime> {
    match when.parse::<Moment>().ok()? {
        Moment::Day(day) => Some(day.at(0, 0, 0, 0)),
        Moment::Time { at, offset } => {
            let offset = jiff::Span::new().minutes(i64::from(offset.unwrap_or(0)));
            at.checked_sub(offset).ok()
        }
    }
}
