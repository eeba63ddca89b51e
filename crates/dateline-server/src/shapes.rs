//! Shapes that several answers share: an event in a list, a report in a list, the line of an event.

use dateline_store::ReportHead;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::memory::{Memory, Told};

/// An event in a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EventInList {
    /// Its name, which stays.
    event: String,
    /// Who did what to whom, made from the codes.
    title: String,
    /// PLOVER's type.
    #[serde(rename = "type")]
    event_type: Option<String>,
    /// PLOVER's mode.
    mode: Option<String>,
    /// CAMEO's code.
    cameo: Option<String>,
    /// Day, moment, month, year, or a stretch A/B; null where it is not known.
    time: Option<String>,
    /// `stated` or `inferred`.
    time_status: Option<String>,
    /// `agreed`, `disputed` or `single`.
    time_agreement: Option<String>,
    /// Where.
    place: Option<String>,
    /// How many reports tell it.
    accounts: u32,
    /// How many of them do not go back to another.
    independent_accounts: u32,
    /// The fields on which accounts differ.
    disputed: Vec<String>,
}

impl EventInList {
    pub(crate) fn of(told: &Told) -> Self {
        let row = &told.row;
        let disputed = row.disputed.split(", ").filter(|field| !field.is_empty());
        Self {
            event: row.event.clone(),
            title: row.title.clone(),
            event_type: row.event_type.clone(),
            mode: row.mode.clone(),
            cameo: row.cameo.clone(),
            time: row.time.clone(),
            time_status: row.time_status.clone(),
            time_agreement: row.time_agreement.clone(),
            place: row.place.clone(),
            accounts: row.accounts,
            independent_accounts: row.independent_accounts,
            disputed: disputed.map(str::to_owned).collect(),
        }
    }
}

/// A report in a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct ReportInList {
    /// Its name.
    id: String,
    /// The outlet.
    publisher: Option<String>,
    /// Day or moment of publication.
    published: Option<String>,
    /// The headline.
    headline: Option<String>,
}

impl From<ReportHead> for ReportInList {
    fn from(head: ReportHead) -> Self {
        let ReportHead { id, publisher, published, headline } = head;
        Self { id, publisher, published, headline }
    }
}

/// How often something stands in a result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Count {
    /// The value, as it is asked for.
    value: String,
    /// The value for a reader.
    shown: String,
    /// How often.
    count: u32,
}

impl Count {
    pub(crate) fn new(value: &str, count: u32) -> Self {
        Self { value: value.to_owned(), shown: value.to_owned(), count }
    }

    pub(crate) fn of_actor(memory: &Memory, index: usize, count: u32) -> Option<Self> {
        let actor = memory.actors.get(index)?;
        Some(Self { value: actor.key.clone(), shown: actor.name().to_owned(), count })
    }

    /// A key of somebody who takes part in events is shown by name.
    pub(crate) fn name(&mut self, memory: &Memory) {
        if let Some(actor) = memory.actor(&self.value).and_then(|index| memory.actors.get(index)) {
            self.shown = actor.name().to_owned();
        }
    }
}

/// The most frequent of what was counted.
pub(crate) fn most<K: Ord + Clone>(
    counted: &std::collections::BTreeMap<K, u32>,
    limit: usize,
) -> Vec<(K, u32)> {
    let mut all: Vec<_> = counted.iter().map(|(key, n)| (key.clone(), *n)).collect();
    all.sort_by(|(a, m), (b, n)| n.cmp(m).then_with(|| a.cmp(b)));
    all.truncate(limit);
    all
}

/// An event with all that is said of it: the line that `dateline export --format jsonl` prints.
#[derive(ToSchema)]
#[expect(dead_code, reason = "lines are passed on as they stand in the record; this describes them")]
pub(crate) struct EventLine {
    /// Its name, which stays.
    event: String,
    /// PLOVER's type.
    #[schema(rename = "type")]
    event_type: Option<String>,
    /// PLOVER's mode.
    mode: Option<String>,
    /// CAMEO's code.
    cameo: Option<String>,
    /// When.
    time: Option<Field>,
    /// Where.
    place: Option<Field>,
    /// Who takes part.
    participants: Vec<Field>,
    /// All other fields by name: `initiator`, `killed`, `wounded` …
    fields: std::collections::BTreeMap<String, Field>,
    /// The reports that tell of it.
    accounts: Vec<AccountLine>,
    /// To how many origins they go back.
    independent_accounts: u32,
    /// Why so many.
    independence: Option<String>,
    /// How each account names the same thing.
    wording: Vec<Wording>,
    /// What persons changed in it; absent where nobody did.
    #[schema(required = false)]
    corrections: Option<Vec<CorrectionLine>>,
}

/// One field: value, agreement and proof. What a field does not have is absent or null.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes a part of a line")]
pub(crate) struct Field {
    /// The value; null where accounts differ. Words, or a figure `{min, max, counted}`, or an actor.
    value: Value,
    /// `agreed`, `disputed` or `single`.
    agreement: String,
    /// Of disputed figures: `update`, `scope`, `incompatible` or `far`.
    #[schema(required = false)]
    relation: Option<String>,
    /// Of a time: `stated` or `inferred`.
    #[schema(required = false)]
    status: Option<String>,
    /// Of a participant: `actor`, `recipient` or `attendee`.
    #[schema(required = false)]
    role: Option<String>,
    /// Key of who is meant.
    #[schema(required = false)]
    entity: Option<String>,
    /// Wikidata's id.
    #[schema(required = false)]
    link: Option<String>,
    /// CAMEO's or PLOVER's code.
    #[schema(required = false)]
    code: Option<String>,
    /// How many origins stand behind it.
    independent_accounts: u32,
    /// The words that carry it.
    citations: Vec<CitationLine>,
    /// Each value by itself, where there are several.
    #[schema(required = false)]
    claims: Option<Vec<ClaimLine>>,
    /// The corrections that set it; absent where no person did.
    #[schema(required = false)]
    set_by: Option<Vec<CorrectionLine>>,
}

/// What a person changed, and why.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes a part of a line")]
pub(crate) struct CorrectionLine {
    /// Its id.
    correction: String,
    /// What it does: `set`, `unset`, `merge`, `split`, `reject` …
    does: String,
    /// Of which field.
    #[schema(required = false)]
    field: Option<String>,
    /// Who made it.
    who: String,
    /// When.
    when: String,
    /// Why.
    why: String,
}

/// One value that reports give to a field.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes a part of a line")]
pub(crate) struct ClaimLine {
    /// The value.
    value: Value,
    /// Whom the reports give it to.
    by: Option<String>,
    /// How many origins stand behind it.
    independent_accounts: u32,
    /// The words that carry it.
    citations: Vec<CitationLine>,
}

/// The words of a report that carry something.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes a part of a line")]
pub(crate) struct CitationLine {
    /// The report.
    id: String,
    /// In which of its texts: `headline`, `published`; absent for the main text.
    #[schema(required = false)]
    of: Option<String>,
    /// First code point in the main text.
    #[schema(required = false)]
    start: Option<u32>,
    /// One past the last.
    #[schema(required = false)]
    end: Option<u32>,
    /// First code point in the headline.
    #[schema(required = false)]
    from: Option<u32>,
    /// One past the last.
    #[schema(required = false)]
    to: Option<u32>,
    /// The words.
    quote: String,
}

/// One report's telling.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes a part of a line")]
pub(crate) struct AccountLine {
    /// The report.
    id: String,
    /// The outlet.
    publisher: Option<String>,
    /// Day or moment of publication.
    published: Option<String>,
    /// Accounts with the same number go back to one text or one source.
    origin: u32,
    /// What it says of the time.
    time: Option<AccountTime>,
    /// The sentences that tell of the event.
    quotes: Vec<CitationLine>,
}

/// What one report says of the time.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes a part of a line")]
pub(crate) struct AccountTime {
    /// Its words.
    as_written: Option<String>,
    /// What they mean.
    value: Option<String>,
    /// `stated` or `inferred`.
    status: Option<String>,
}

/// How the accounts name one thing.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes a part of a line")]
pub(crate) struct Wording {
    /// `participant`, `act` or `place`.
    of: String,
    /// Whom it names.
    entity: Option<String>,
    /// Each report's words.
    terms: Vec<Term>,
}

/// One report's words for a thing.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes a part of a line")]
pub(crate) struct Term {
    /// The report.
    report: String,
    /// The words.
    text: String,
    /// Where they stand.
    citations: Vec<CitationLine>,
}
