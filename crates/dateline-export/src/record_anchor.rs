//! An event's line as a correction holds on to it: by its accounts' words.

use dateline_model::{AccountAnchor, EventAnchor, QuotedIn, QuotedWords};
use serde::Deserialize;

/// The event of a line, with all its accounts: first the one that gave it its name, which is that of the
/// report printed first. Accounts that a person added have no acts.
///
/// # Errors
/// When the line is not of the form that `export --format jsonl` prints.
pub fn record_anchor(line: &str) -> Result<EventAnchor, serde_json::Error> {
    let mut event: Line = serde_json::from_str(line)?;
    let order = |account: &Account| {
        let (published, id) = (account.published.clone(), account.id.clone());
        (account.acts.is_empty(), published.is_none(), published, id)
    };
    event.accounts.sort_by_key(order);
    let accounts = event.accounts.into_iter().map(|account| AccountAnchor {
        report: account.id,
        acts: account.acts.into_iter().filter_map(Act::words).collect(),
    });
    Ok(EventAnchor { name: event.event, accounts: accounts.collect() })
}

#[derive(Deserialize)]
struct Line {
    event: String,
    #[serde(default)]
    accounts: Vec<Account>,
}

#[derive(Deserialize)]
struct Account {
    id: String,
    published: Option<String>,
    #[serde(default)]
    acts: Vec<Act>,
}

/// Offsets in the text are `start` and `end`, those in a headline `from` and `to`.
#[derive(Deserialize)]
struct Act {
    #[serde(default)]
    of: QuotedIn,
    start: Option<u32>,
    end: Option<u32>,
    from: Option<u32>,
    to: Option<u32>,
    quote: String,
}

impl Act {
    fn words(self) -> Option<QuotedWords> {
        let (start, end) = self.start.or(self.from).zip(self.end.or(self.to))?;
        Some(QuotedWords { of: self.of, start, end, quote: self.quote })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_account_that_was_printed_first_comes_first() {
        let line = r#"{"event": "e", "accounts": [
            {"id": "a", "published": null, "acts": [{"id": "a", "start": 3, "end": 6, "quote": "met"}]},
            {"id": "b", "published": "2019-03-05", "acts": []},
            {"id": "c", "published": "2019-03-06", "acts": [{"id": "c", "of": "headline", "from": 0, "to": 3, "quote": "Met"}]}]}"#;
        let anchor = record_anchor(line).unwrap();
        let reports: Vec<_> = anchor.accounts.iter().map(|account| account.report.as_str()).collect();
        assert_eq!(reports, ["c", "a", "b"]);
        assert_eq!(anchor.accounts[0].acts[0].of, QuotedIn::Headline);
        assert_eq!(anchor.accounts[1].acts[0].end, 6);
    }
}
