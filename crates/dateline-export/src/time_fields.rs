//! Times as they are printed.

use dateline_model::{TimeExpression, TimeModifier};
use serde::Serialize;

use crate::offsets::{Of, Offsets};

#[derive(Serialize)]
pub(crate) struct TimeField<'a> {
    start: u32,
    end: u32,
    #[serde(rename = "type")]
    time_type: &'static str,
    value: &'a str,
    #[serde(rename = "mod")]
    modifier: Option<&'static str>,
    interval: Option<(String, String)>,
    text: &'a str,
    anchor: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    of: Of,
}

pub(crate) fn times<'a>(times: &'a [TimeExpression], offsets: &Offsets<'a>) -> Vec<TimeField<'a>> {
    let field = |time: &'a TimeExpression| {
        let (start, end) = offsets.pair(time.span);
        TimeField {
            start,
            end,
            time_type: time.time_type.name(),
            value: &time.value,
            modifier: time.modifier.map(TimeModifier::name),
            interval: time.interval.map(|i| (i.first.to_string(), i.last.to_string())),
            text: offsets.words(time.span),
            anchor: time.anchor.name(),
            of: offsets.of(time.span),
        }
    };
    times.iter().map(field).collect()
}
