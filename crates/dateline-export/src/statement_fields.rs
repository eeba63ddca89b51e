//! Attributed statements as they are printed.

use dateline_model::{Attribution, AttributionKind, Medium, Party, Span};
use serde::Serialize;

use crate::offsets::{Of, Offsets};

/// Who is said to have said what.
#[derive(Serialize)]
pub(crate) struct AttributionField<'a> {
    source: Vec<(u32, u32)>,
    cue: Vec<(u32, u32)>,
    content: Vec<(u32, u32)>,
    kind: AttributionKind,
    speaker: Option<&'a str>,
    reason: &'a str,
    reported_by: Vec<&'a str>,
    medium: Option<Medium>,
    occasion: Vec<(u32, u32)>,
    addressee: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    within: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    of: Of,
}

/// The attributions.
pub(crate) fn attributions<'a>(found: &'a [Attribution], offsets: &Offsets<'_>) -> Vec<AttributionField<'a>> {
    let field = |attribution: &'a Attribution| AttributionField {
        source: offsets.pairs(&attribution.source),
        cue: offsets.pairs(&attribution.cue),
        content: offsets.pairs(&attribution.content),
        kind: attribution.kind,
        speaker: attribution.speaker.as_ref().map(name),
        reason: &attribution.reason,
        reported_by: attribution.reported_by.iter().map(name).collect(),
        medium: attribution.medium,
        occasion: offsets.pairs(&attribution.occasion),
        addressee: attribution.addressee.as_ref().map(name),
        within: attribution.within,
        of: first_span(attribution).and_then(|span| offsets.of(span)),
    };
    found.iter().map(field).collect()
}

fn name(party: &Party) -> &str {
    &party.name
}

fn first_span(attribution: &Attribution) -> Option<Span> {
    attribution.content.first().or(attribution.cue.first()).copied()
}
