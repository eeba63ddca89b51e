//! An event as its line of JSON tells it: what every other form of export is made of.
//!
//! The line is the contract; reading it back here means that no form can say anything else than it.

use serde::Deserialize;
use serde_json::{Map, Value};

/// One event, read from its line.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct EventView {
    /// Its name.
    pub event: String,
    /// PLOVER's type.
    #[serde(rename = "type")]
    pub event_type: Option<String>,
    /// PLOVER's mode.
    pub mode: Option<String>,
    /// CAMEO's code.
    pub cameo: Option<String>,
    /// When.
    pub time: Option<FieldView>,
    /// Where.
    pub place: Option<FieldView>,
    /// Who takes part.
    #[serde(default)]
    pub participants: Vec<FieldView>,
    /// All other fields, in the line's order.
    #[serde(default)]
    pub fields: Map<String, Value>,
    /// The reports that tell of it.
    #[serde(default)]
    pub accounts: Vec<AccountView>,
    /// How many origins stand behind them.
    pub independent_accounts: u32,
    /// Why so many.
    pub independence: Option<String>,
    /// How each account names the same thing.
    #[serde(default)]
    pub wording: Vec<WordingView>,
    /// The corrections that made it what it is.
    #[serde(default)]
    pub corrections: Vec<CorrectionView>,
}

/// A correction as an event carries it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct CorrectionView {
    /// Its id.
    pub correction: String,
    /// Its kind: `merge`.
    pub does: String,
    /// The field that it is about.
    pub field: Option<String>,
    /// Who made it.
    pub who: String,
    /// When.
    pub when: String,
    /// Why.
    pub why: String,
}

/// One field: value, agreement, claims and proof. Parts that a field does not have are none.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct FieldView {
    /// The value; null where accounts differ.
    #[serde(default)]
    pub value: Value,
    /// Agreed, disputed or single.
    pub agreement: Option<String>,
    /// In what way accounts differ.
    pub relation: Option<String>,
    /// Of a time: stated or inferred.
    pub status: Option<String>,
    /// Key of who is meant.
    pub entity: Option<String>,
    /// Wikidata's id.
    pub link: Option<String>,
    /// CAMEO's and PLOVER's code of an actor.
    pub code: Option<String>,
    /// Of a participant: actor, recipient, attendee.
    pub role: Option<String>,
    /// Of a place: its number in GeoNames.
    pub geonames: Option<u32>,
    /// Of a place: degrees north.
    pub lat: Option<f64>,
    /// Of a place: degrees east.
    pub lon: Option<f64>,
    /// Of a place: ISO 3166 code of its country, three letters.
    pub country: Option<String>,
    /// How many origins stand behind it.
    pub independent_accounts: Option<u32>,
    /// The proof.
    #[serde(default)]
    pub citations: Vec<CitationView>,
    /// Each value by itself, where there are several.
    #[serde(default)]
    pub claims: Vec<ClaimView>,
    /// The corrections that set it; none where no person did.
    #[serde(default)]
    pub set_by: Vec<CorrectionView>,
}

/// One value that reports give to a field.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct ClaimView {
    /// The value.
    pub value: Value,
    /// Whom the reports give it to.
    pub by: Option<String>,
    /// How many origins stand behind it.
    pub independent_accounts: Option<u32>,
    /// The proof.
    #[serde(default)]
    pub citations: Vec<CitationView>,
}

/// The words of a report that carry something.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub struct CitationView {
    /// The report.
    pub id: String,
    /// In which of its texts; none for the main text.
    pub of: Option<String>,
    /// First code point.
    pub start: Option<u32>,
    /// One past the last.
    pub end: Option<u32>,
    /// The words.
    pub quote: String,
}

/// One report's telling.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct AccountView {
    /// The report.
    pub id: String,
    /// The outlet.
    pub publisher: Option<String>,
    /// Day or moment of publication.
    pub published: Option<String>,
    /// Accounts with the same number go back to one source.
    pub origin: u32,
    /// What it says of the time.
    pub time: Option<AccountTimeView>,
    /// The words that tell of the event.
    #[serde(default)]
    pub quotes: Vec<CitationView>,
    /// The words of its acts: what a correction holds it by. None for an account that a person added.
    #[serde(default)]
    pub acts: Vec<CitationView>,
}

/// What one report says of the time.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct AccountTimeView {
    /// Its words.
    pub as_written: Option<String>,
    /// What they mean.
    pub value: Option<String>,
    /// Stated or inferred.
    pub status: Option<String>,
}

/// How the accounts name one thing.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct WordingView {
    /// Participant, act or place.
    pub of: String,
    /// Whom it names.
    pub entity: Option<String>,
    /// Each report's words.
    #[serde(default)]
    pub terms: Vec<TermView>,
}

/// One report's words for a thing.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct TermView {
    /// The report.
    pub report: String,
    /// The words.
    pub text: String,
}

impl EventView {
    /// Reads a line back.
    ///
    /// # Errors
    /// When the line is not of the form that `export --format jsonl` prints.
    pub fn of_line(line: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(line)
    }

    /// A field under `fields`.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<FieldView> {
        self.fields.get(name).and_then(|field| FieldView::deserialize(field).ok())
    }

    /// All fields under `fields`, by name, in the line's order.
    pub fn other_fields(&self) -> impl Iterator<Item = (&str, FieldView)> {
        self.fields
            .iter()
            .filter_map(|(name, field)| Some((name.as_str(), FieldView::deserialize(field).ok()?)))
    }

    /// Those who take part in a role.
    pub fn in_role<'a>(&'a self, role: &'a str) -> impl Iterator<Item = &'a FieldView> {
        self.participants.iter().filter(move |p| p.role.as_deref() == Some(role))
    }

    /// Names of the fields on which accounts differ.
    #[must_use]
    pub fn disputed(&self) -> Vec<&str> {
        let single = [("time", self.time.as_ref()), ("place", self.place.as_ref())];
        let single = single.into_iter().filter(|(_, field)| field.is_some_and(FieldView::is_disputed));
        let others = self.fields.iter().filter(|(_, field)| field["agreement"].as_str() == Some("disputed"));
        single.map(|(name, _)| name).chain(others.map(|(name, _)| name.as_str())).collect()
    }

    /// The value of its time.
    #[must_use]
    pub fn time_value(&self) -> Option<&str> {
        self.time.as_ref()?.text()
    }
}

impl FieldView {
    /// The value, where it is words.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        self.value.as_str()
    }

    /// Do accounts differ?
    #[must_use]
    pub fn is_disputed(&self) -> bool {
        self.agreement.as_deref() == Some("disputed")
    }

    /// The claims, those that read alike and come from the same body taken together; none where all
    /// that is claimed reads like the value.
    #[must_use]
    pub fn differing_claims(&self) -> Vec<ClaimView> {
        let mut claims: Vec<ClaimView> = Vec::new();
        for claim in &self.claims {
            let alike =
                |known: &&mut ClaimView| shown(&known.value) == shown(&claim.value) && known.by == claim.by;
            match claims.iter_mut().find(alike) {
                Some(known) => known.citations.extend(claim.citations.iter().cloned()),
                None => claims.push(claim.clone()),
            }
        }
        let same = |claim: &ClaimView| claim.by.is_none() && shown(&claim.value) == shown(&self.value);
        if claims.iter().all(same) { Vec::new() } else { claims }
    }

    /// The value for a reader; where accounts differ, each value.
    #[must_use]
    pub fn shown(&self) -> String {
        if self.value.is_null() {
            let mut values: Vec<String> = Vec::new();
            for value in self.claims.iter().map(|claim| shown(&claim.value)) {
                if !values.contains(&value) {
                    values.push(value);
                }
            }
            return values.join(" / ");
        }
        shown(&self.value)
    }
}

/// A value for a reader: words as they are, figures as "12", "11 or more", "40 to 50".
#[must_use]
pub fn shown(value: &Value) -> String {
    match value {
        Value::String(words) => words.clone(),
        Value::Object(parts) if parts.contains_key("counted") => figure(value),
        Value::Object(_) => {
            let parts = ["text", "entity", "code"];
            parts.iter().find_map(|part| value[*part].as_str()).unwrap_or_default().to_owned()
        }
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

fn figure(value: &Value) -> String {
    let number = match (value["min"].as_u64(), value["max"].as_u64()) {
        (Some(min), Some(max)) if min == max => min.to_string(),
        (Some(min), Some(max)) => format!("{min} to {max}"),
        (Some(min), None) => format!("{min} or more"),
        (None, Some(max)) => format!("up to {max}"),
        (None, None) => value["vague"].as_str().unwrap_or("some").to_owned(),
    };
    let about = if value["approx"].as_bool() == Some(true) { "about " } else { "" };
    match value["counted"].as_str() {
        Some("all") | None => format!("{about}{number}"),
        Some(counted) => format!("{about}{number} {counted}"),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_line_is_read_back() {
        let line = r#"{"event":"e1","type":"CONSULT","mode":"phone","cameo":"041",
            "time":{"value":"2019-03-04","status":"stated","agreement":"single","citations":[]},"place":null,
            "participants":[{"value":"Ada Brenn","entity":"ada brenn","role":"actor","agreement":"single","citations":[]}],
            "fields":{"killed":{"value":null,"agreement":"disputed","claims":[
              {"value":{"min":12,"max":12,"counted":"all"},"by":null,"citations":[]},
              {"value":{"min":17,"max":null,"counted":"civilians"},"by":"karna","citations":[]}]}},
            "accounts":[{"id":"a","publisher":null,"published":null,"origin":0,"time":null,"quotes":[]}],
            "independent_accounts":1}"#;
        let event = EventView::of_line(line).unwrap();
        assert_eq!(event.time_value(), Some("2019-03-04"));
        assert_eq!(event.in_role("actor").count(), 1);
        let killed = event.field("killed").unwrap();
        assert!(killed.is_disputed());
        assert_eq!(killed.shown(), "12 / 17 or more civilians");
    }

    #[test]
    fn a_value_reads_well() {
        for (value, expected) in [
            (json!("Sochi"), "Sochi"),
            (json!({"min": 12, "max": 12, "counted": "all"}), "12"),
            (json!({"min": 11, "max": null, "counted": "civilians"}), "11 or more civilians"),
            (json!({"min": 40, "max": 40, "approx": true, "counted": "all"}), "about 40"),
            (json!({"min": null, "max": null, "vague": "dozens", "counted": "all"}), "dozens"),
            (json!({"entity": "karna front", "code": "REB", "text": "the rebels"}), "the rebels"),
        ] {
            assert_eq!(shown(&value), expected);
        }
    }
}
