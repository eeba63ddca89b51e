//! Tables for data frames: every value that reports give to a field, the words that carry it, and the reports.

use dateline_model::{Column, KeptReport, Kind, Table};

use crate::csv::number;
use crate::delimited::or_empty;
use crate::event_view::{CitationView, EventView, FieldView, shown};

/// One row for each value that reports give to a field of an event.
#[must_use]
pub fn claims_table(events: &[(EventView, String)]) -> Table {
    let mut columns = vec![Column::new("claim", Kind::Whole)];
    columns.extend(Column::texts(&["event", "field", "role", "value", "entity", "code", "by"]));
    columns.extend(Column::texts(&["agreement", "relation"]));
    columns.push(Column::new("independent_accounts", Kind::Whole));
    let rows = claims(events).enumerate().map(|(number, claim)| claim.row(number + 1));
    Table { name: "claims", columns, rows: rows.collect() }
}

/// One row for each stretch of words that carries a claim, or an account of an event.
#[must_use]
pub fn citations_table(events: &[(EventView, String)]) -> Table {
    let mut columns = Column::texts(&["event", "field"]);
    columns.push(Column::new("claim", Kind::Whole));
    columns.extend(Column::texts(&["report", "of"]));
    columns.extend(["start", "end"].map(|name| Column::new(name, Kind::Whole)));
    columns.push(Column::new("quote", Kind::Text));
    let of_claims = claims(events).enumerate().flat_map(|(number, claim)| {
        let row = move |proof| cited(&claim.event.event, &claim.name, (number + 1).to_string(), proof);
        claim.proofs.into_iter().map(row).collect::<Vec<_>>()
    });
    let of_accounts = events.iter().flat_map(|(event, _)| {
        let quotes = event.accounts.iter().flat_map(|account| &account.quotes);
        quotes.map(|proof| cited(&event.event, "account", String::new(), proof.clone()))
    });
    Table { name: "citations", columns, rows: of_claims.chain(of_accounts).collect() }
}

/// One row for each report.
#[must_use]
pub fn reports_table(reports: &[KeptReport]) -> Table {
    let columns = Column::texts(&[
        "report",
        "uri",
        "publisher",
        "published",
        "language",
        "headline",
        "byline",
        "credits",
        "story",
        "text",
    ]);
    let row = |report: &KeptReport| {
        vec![
            report.id.clone(),
            or_empty(report.uri.as_ref()),
            or_empty(report.publisher.as_ref()),
            or_empty(report.published.as_ref()),
            or_empty(report.language.as_ref()),
            or_empty(report.headline.as_ref()),
            or_empty(report.byline.as_ref()),
            report.credits.join("; "),
            or_empty(report.story.as_ref()),
            report.text.clone(),
        ]
    };
    Table { name: "reports", columns, rows: reports.iter().map(row).collect() }
}

/// One value of one field.
struct Claim<'e> {
    event: &'e EventView,
    name: String,
    field: FieldView,
    value: String,
    by: Option<String>,
    independent_accounts: Option<u32>,
    proofs: Vec<CitationView>,
}

impl Claim<'_> {
    fn row(&self, number_of_it: usize) -> Vec<String> {
        let field = &self.field;
        vec![
            number_of_it.to_string(),
            self.event.event.clone(),
            self.name.clone(),
            or_empty(field.role.as_ref()),
            self.value.clone(),
            or_empty(field.entity.as_ref()),
            or_empty(field.code.as_ref()),
            or_empty(self.by.as_ref()),
            or_empty(field.agreement.as_ref()),
            or_empty(field.relation.as_ref()),
            number(self.independent_accounts),
        ]
    }
}

/// All claims, event by event: a field's own value where it is the only one.
fn claims(events: &[(EventView, String)]) -> impl Iterator<Item = Claim<'_>> {
    events.iter().flat_map(|(event, _)| {
        let single = [("time", &event.time), ("place", &event.place)];
        let single = single.into_iter().filter_map(|(name, field)| Some((name.to_owned(), field.clone()?)));
        let parties = event.participants.iter().map(|party| ("participant".to_owned(), party.clone()));
        let others = event.other_fields().map(|(name, field)| (name.to_owned(), field));
        let fields = single.chain(parties).chain(others);
        fields.flat_map(|(name, field)| claims_of(event, &name, &field)).collect::<Vec<_>>()
    })
}

fn claims_of<'e>(event: &'e EventView, name: &str, field: &FieldView) -> Vec<Claim<'e>> {
    let claim = |value, by: Option<&String>, accounts: Option<u32>, proofs: &[CitationView]| Claim {
        event,
        name: name.to_owned(),
        field: field.clone(),
        value: shown(value),
        by: by.cloned(),
        independent_accounts: accounts.or(field.independent_accounts),
        proofs: proofs.to_vec(),
    };
    if field.claims.is_empty() {
        return vec![claim(&field.value, None, None, &field.citations)];
    }
    let each = field.claims.iter();
    each.map(|one| claim(&one.value, one.by.as_ref(), one.independent_accounts, &one.citations)).collect()
}

fn cited(event: &str, field: &str, claim: String, proof: CitationView) -> Vec<String> {
    vec![
        event.to_owned(),
        field.to_owned(),
        claim,
        proof.id,
        proof.of.unwrap_or_else(|| "text".to_owned()),
        number(proof.start),
        number(proof.end),
        proof.quote,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_claim_has_its_words() {
        let line = r#"{"event":"e1","type":"CONSULT","mode":null,"cameo":"040",
            "time":{"value":"2019-03-04","status":"stated","agreement":"single","independent_accounts":1,
              "citations":[{"id":"a","start":4,"end":10,"quote":"Monday"}]},"place":null,"participants":[],
            "fields":{"killed":{"value":null,"agreement":"disputed","claims":[
              {"value":{"min":12,"max":12,"counted":"all"},"by":null,"citations":[{"id":"a","start":0,"end":2,"quote":"12"}]},
              {"value":{"min":17,"max":null,"counted":"civilians"},"by":"karna","independent_accounts":2,
               "citations":[{"id":"b","of":"headline","start":0,"end":2,"quote":"17"}]}]}},
            "accounts":[{"id":"a","publisher":null,"published":null,"origin":0,"time":null,
              "quotes":[{"id":"a","start":0,"end":30,"quote":"12 died on Monday"}]}],
            "independent_accounts":1}"#;
        let events = [(EventView::of_line(line).unwrap(), String::new())];
        let claims = claims_table(&events);
        let values = claims.rows.iter().map(|row| (row[2].as_str(), row[4].as_str(), row[10].as_str()));
        let values: Vec<_> = values.collect();
        assert_eq!(
            values,
            [("time", "2019-03-04", "1"), ("killed", "12", ""), ("killed", "17 or more civilians", "2")]
        );
        let proofs = citations_table(&events);
        let proofs: Vec<_> =
            proofs.rows.iter().map(|row| (row[2].as_str(), row[4].as_str(), row[7].as_str())).collect();
        assert_eq!(
            proofs,
            [
                ("1", "text", "Monday"),
                ("2", "text", "12"),
                ("3", "headline", "17"),
                ("", "text", "12 died on Monday")
            ]
        );
    }
}
