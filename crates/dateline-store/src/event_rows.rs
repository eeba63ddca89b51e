//! An event's line of JSON taken apart into rows: the event, its accounts, claims and citations.
//!
//! The line is the contract with the outside; the rows are views of it, so that what a user reads in
//! SQL and in JSON cannot differ.

use dateline_model::Days;
use rusqlite::{Connection, params};
use serde_json::Value;

use crate::error::StoreError;
use crate::place_in_time::PlaceInTime;
use crate::record::EventEntry;

/// How a value reads.
pub(crate) type Shown = fn(&Value) -> String;

/// Inserts the event under the number that its place in time is given, with all that belongs to it.
pub(crate) fn insert_event(
    db: &Connection,
    entry: &EventEntry,
    shown: Shown,
    number: impl FnOnce(&PlaceInTime) -> Result<i64, StoreError>,
) -> Result<(), StoreError> {
    let line = read(entry)?;
    let event = insert_row(db, entry, &line, number)?;
    insert_claims(db, event, &line, shown)?;
    insert_corrections(db, event, &line)?;
    list(&line, "accounts").iter().try_for_each(|account| insert_account(db, event, account))
}

fn read(entry: &EventEntry) -> Result<Value, StoreError> {
    serde_json::from_str(&entry.line).map_err(|error| StoreError::Part(error.to_string()))
}

/// The event's own row, and its words for search; its name.
fn insert_row<'l>(
    db: &Connection,
    entry: &EventEntry,
    line: &'l Value,
    number: impl FnOnce(&PlaceInTime) -> Result<i64, StoreError>,
) -> Result<&'l str, StoreError> {
    let event = text(line, "event").ok_or_else(|| StoreError::Part("an event without a name".to_owned()))?;
    let words = quotes(line).join("\n");
    let participants = list(line, "participants").iter().filter_map(|p| text(p, "value"));
    let participants = participants.collect::<Vec<_>>().join("; ");
    let place_in_time = PlaceInTime::of(event, line);
    let number = number(&place_in_time)?;
    event_row(db, (number, &place_in_time), entry, (line, &participants, &words))?;
    let place = line.get("place").and_then(|place| text(place, "value"));
    let sql =
        "INSERT INTO events_text (rowid, title, participants, place, words) VALUES (?1, ?2, ?3, ?4, ?5)";
    db.prepare_cached(sql)?.execute(params![number, entry.title, participants, place, words])?;
    Ok(event)
}

fn event_row(
    db: &Connection,
    (number, at): (i64, &PlaceInTime),
    entry: &EventEntry,
    (line, participants, words): (&Value, &str, &str),
) -> Result<(), StoreError> {
    let (time, place) = (&line["time"], &line["place"]);
    let span = text(time, "value").and_then(|value| value.parse::<Days>().ok());
    let sql = "INSERT INTO events VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, \
               ?16, ?17, ?18, ?19, ?20)";
    db.prepare_cached(sql)?.execute(params![
        number,
        at.event,
        entry.title,
        text(line, "type"),
        text(line, "mode"),
        text(line, "cameo"),
        text(time, "value"),
        span.map(|days| days.first.to_string()),
        span.map(|days| days.last.to_string()),
        text(time, "status"),
        text(time, "agreement"),
        text(place, "value"),
        text(place, "link"),
        participants,
        list(line, "accounts").len(),
        line["independent_accounts"].as_i64().unwrap_or(0),
        disputed(line).join(", "),
        words,
        entry.line,
        at.first_told,
    ])?;
    Ok(())
}

/// Names of the fields on which accounts differ.
fn disputed(line: &Value) -> Vec<&str> {
    fields(line).filter(|(_, _, f)| text(f, "agreement") == Some("disputed")).map(|(name, ..)| name).collect()
}

/// Every field with its name and role: time, place, each participant, and those under `fields`.
fn fields(line: &Value) -> impl Iterator<Item = (&str, Option<&str>, &Value)> {
    let single = ["time", "place"].into_iter().filter_map(|name| Some((name, None, line.get(name)?)));
    let participants = list(line, "participants").iter().map(|p| ("participant", text(p, "role"), p));
    let others = line["fields"].as_object().into_iter().flatten();
    let others = others.map(|(name, field)| (name.as_str(), None, field));
    single.chain(participants).chain(others).filter(|(_, _, field)| field.is_object())
}

fn insert_claims(db: &Connection, event: &str, line: &Value, shown: Shown) -> Result<(), StoreError> {
    for (name, role, field) in fields(line) {
        let claims = list(field, "claims");
        let own = [field.clone()];
        for claim in if claims.is_empty() { &own[..] } else { claims } {
            insert_claim(db, event, (name, role, field), (claim, shown))?;
        }
    }
    Ok(())
}

fn insert_claim(
    db: &Connection,
    event: &str,
    (name, role, field): (&str, Option<&str>, &Value),
    (claim, shown): (&Value, Shown),
) -> Result<(), StoreError> {
    let sql = "INSERT INTO claims VALUES (NULL, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
    let set_by: Vec<&str> = list(field, "set_by").iter().filter_map(|by| text(by, "correction")).collect();
    let value = &claim["value"];
    db.prepare_cached(sql)?.execute(params![
        event,
        name,
        role,
        value.to_string(),
        shown(value),
        text(claim, "entity").or_else(|| text(value, "entity")).or_else(|| text(field, "entity")),
        text(claim, "by"),
        text(field, "agreement"),
        text(field, "relation"),
        claim["independent_accounts"].as_i64().or_else(|| field["independent_accounts"].as_i64()),
        (!set_by.is_empty()).then(|| set_by.join(" ")),
    ])?;
    let number = db.last_insert_rowid();
    list(claim, "citations").iter().try_for_each(|c| insert_citation(db, (Some(number), None), c))
}

fn insert_corrections(db: &Connection, event: &str, line: &Value) -> Result<(), StoreError> {
    let mut insert = db.prepare_cached("INSERT INTO event_corrections VALUES (?1, ?2, ?3)")?;
    for note in list(line, "corrections") {
        insert.execute(params![event, text(note, "correction"), text(note, "field")])?;
    }
    Ok(())
}

fn insert_account(db: &Connection, event: &str, account: &Value) -> Result<(), StoreError> {
    let sql = "INSERT INTO accounts VALUES (NULL, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    let time = &account["time"];
    db.prepare_cached(sql)?.execute(params![
        event,
        text(account, "id").unwrap_or_default(),
        text(account, "publisher"),
        text(account, "published"),
        account["origin"].as_i64().unwrap_or(0),
        text(time, "as_written"),
        text(time, "value"),
        text(time, "status"),
    ])?;
    let number = db.last_insert_rowid();
    list(account, "quotes").iter().try_for_each(|c| insert_citation(db, (None, Some(number)), c))
}

fn insert_citation(
    db: &Connection,
    (claim, account): (Option<i64>, Option<i64>),
    citation: &Value,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO citations VALUES (NULL, ?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    db.prepare_cached(sql)?.execute(params![
        claim,
        account,
        text(citation, "id").unwrap_or_default(),
        text(citation, "of").unwrap_or("text"),
        citation["start"].as_i64().or_else(|| citation["from"].as_i64()),
        citation["end"].as_i64().or_else(|| citation["to"].as_i64()),
        text(citation, "quote").unwrap_or_default(),
    ])?;
    Ok(())
}

/// The quotes of all accounts, each once.
fn quotes(line: &Value) -> Vec<&str> {
    let all = list(line, "accounts").iter().flat_map(|account| list(account, "quotes"));
    let mut quotes: Vec<_> = all.filter_map(|quote| text(quote, "quote")).collect();
    quotes.sort_unstable();
    quotes.dedup();
    quotes
}

fn text<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    value.get(name)?.as_str()
}

fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}
