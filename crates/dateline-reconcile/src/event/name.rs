//! The name of an event: what its first report tells of it, so that it stays when accounts join.

use std::collections::BTreeMap;

use dateline_model::{EventRecord, EventType};

/// Day, type, mode, and who or where: `2016-10-19-consult-phone-putin-assad`.
pub(crate) fn name(record: &EventRecord, main_type: EventType) -> String {
    let first = first_article(record);
    let day = record.time.as_ref().and_then(|time| {
        let own = time
            .claims
            .iter()
            .find(|claim| Some(record.accounts[claim.account as usize].article.as_str()) == first);
        own.or(time.claims.first()).map(|claim| claim.value.to_string())
    });
    let mode = record.mode.as_ref().and_then(|mode| mode.claims.first()).map(|claim| claim.value.clone());
    let mut parts = vec![day.unwrap_or_else(|| "undated".to_owned()), main_type.name().to_owned()];
    parts.extend(mode);
    let who = record.participants.iter().filter_map(|p| p.who.value.as_ref()).map(|who| who.key.clone());
    let mut who: Vec<String> = who.take(2).collect();
    who.sort_unstable();
    parts.extend(who);
    parts.extend(
        record.place.as_ref().and_then(|place| place.claims.first()).map(|claim| claim.value.name.clone()),
    );
    slug(&parts.join(" "))
}

/// The report that was printed first.
fn first_article(record: &EventRecord) -> Option<&str> {
    let first = record.accounts.iter().min_by_key(|a| (a.published.is_none(), &a.published, &a.article));
    first.map(|account| account.article.as_str())
}

/// Small letters, digits and hyphens; what is left of letters with marks is the letter.
fn slug(text: &str) -> String {
    let mut slug = String::new();
    for c in text.chars() {
        match c {
            '/' | ' ' | '-' | '_' | '.' | ',' if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
            c if c.is_alphanumeric() => slug.extend(c.to_lowercase()),
            _ => {}
        }
    }
    slug.trim_end_matches('-').to_owned()
}

/// Events that would have the same name get the beginning of a number made of their first report's id
/// and words, all but the first.
pub fn tell_apart(records: &mut [EventRecord]) {
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    for record in records {
        let times = seen.entry(record.name.clone()).or_default();
        *times += 1;
        if *times > 1 {
            let mark = mark(record);
            record.name = format!("{}-{mark:04x}", record.name);
        }
    }
}

/// FNV-1a over the ids and quotes of the accounts' first words, folded to four hex digits.
fn mark(record: &EventRecord) -> u16 {
    let first = record.accounts.first().map(|account| &account.quotes.as_slice()[0]);
    let bytes = first.iter().flat_map(|c| c.article.bytes().chain(c.quote.bytes()));
    let hash =
        bytes.fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01b3));
    (hash ^ (hash >> 16) ^ (hash >> 32) ^ (hash >> 48)) as u16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_plain() {
        assert_eq!(
            slug("2016-10-19 CONSULT phone bashar al-assad"),
            "2016-10-19-consult-phone-bashar-al-assad"
        );
        assert_eq!(slug("2016-07-09/2016-07-10 “Homs”,  Syria"), "2016-07-09-2016-07-10-homs-syria");
    }
}
