//! The name of an event: what its first report tells of it, so that it stays when accounts join.

use std::collections::BTreeSet;

use dateline_model::{Claim, EventRecord, EventType};

/// Day, type, mode, and who or where: `2016-10-19-consult-phone-bashar-al-assad-vladimir-putin`. All of
/// it as the report tells it that was printed first.
pub(crate) fn name(record: &EventRecord, main_type: EventType) -> String {
    let first = first_account(record);
    let day = record.time.as_ref().and_then(|time| of_account(&time.claims, first));
    let mode = record.mode.as_ref().and_then(|mode| of_account(&mode.claims, first));
    let place = record.place.as_ref().and_then(|place| of_account(&place.claims, first));
    let told =
        record.participants.iter().filter_map(|p| p.who.claims.iter().find(|c| Some(c.account) == first));
    let mut who: Vec<&str> = told.map(|claim| claim.value.key.as_str()).collect();
    who.sort_unstable();
    who.truncate(2);
    let mut parts = vec![day.map_or_else(|| "undated".to_owned(), ToString::to_string)];
    parts.push(main_type.name().to_owned());
    parts.extend(mode.cloned());
    parts.extend(who.iter().map(|key| (*key).to_owned()));
    if who.len() < 2 {
        parts.extend(place.map(|place| place.name.clone()));
    }
    slug(&parts.join(" "))
}

/// What the account of that number claims; failing that, what another does.
fn of_account<V>(claims: &[Claim<V>], account: Option<u32>) -> Option<&V> {
    let own = claims.iter().find(|claim| Some(claim.account) == account);
    own.or(claims.first()).map(|claim| &claim.value)
}

/// The account of the report that was printed first. One that a person added names no event.
fn first_account(record: &EventRecord) -> Option<u32> {
    let told = (0..).zip(&record.accounts).filter(|(_, account)| !account.acts.is_empty());
    let first = told.min_by_key(|(_, a)| (a.published.is_none(), &a.published, &a.article));
    first.map(|(number, _)| number)
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

/// What an event is called, and what tells it from others that would be called the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventName {
    /// The name.
    pub name: String,
    mark: u16,
}

impl EventName {
    /// That of an event as it is reconciled.
    #[must_use]
    pub fn of(record: &EventRecord) -> Self {
        Self { name: record.name.clone(), mark: mark(record) }
    }
}

/// Events that would have the same name get the beginning of a number made of their first report's id
/// and words, all but the first; those that still would, a count. `is_taken` knows the names of others.
pub fn tell_apart<'a>(names: impl IntoIterator<Item = &'a mut EventName>, is_taken: impl Fn(&str) -> bool) {
    let mut seen: BTreeSet<String> = BTreeSet::new();
    for event in names {
        let free = |name: &str| !seen.contains(name) && !is_taken(name);
        event.name = free_name(&event.name, event.mark, free);
        seen.insert(event.name.clone());
    }
}

/// What an event of that name may be called before it is told from others: `a-0b1c-2` may be an `a`, or an `a-0b1c`.
pub fn bases(name: &str) -> impl Iterator<Item = &str> {
    let without = |name: &'_ str, is_last: fn(&str) -> bool| -> Option<usize> {
        name.rsplit_once('-').filter(|(_, last)| is_last(last)).map(|(rest, _)| rest.len())
    };
    let is_count = |last: &str| !last.is_empty() && last.bytes().all(|b| b.is_ascii_digit());
    let is_mark = |last: &str| last.len() == 4 && last.bytes().all(|b| b.is_ascii_hexdigit());
    let uncounted = without(name, is_count);
    let marked = [Some(name.len()), uncounted].into_iter().flatten();
    let unmarked = marked.clone().filter_map(move |end| without(&name[..end], is_mark));
    marked.chain(unmarked).map(|end| &name[..end])
}

/// The name; with its mark, and then with a count, where that is needed.
fn free_name(name: &str, mark: u16, is_free: impl Fn(&str) -> bool) -> String {
    let marked = format!("{name}-{mark:04x}");
    let counted = (2_u64..).map(|n| format!("{marked}-{n}"));
    let mut names = [name.to_owned(), marked.clone()].into_iter().chain(counted);
    names.find(|name| is_free(name)).unwrap_or_default()
}

/// FNV-1a over the ids and quotes of the accounts' first words, folded to four hex digits.
fn mark(record: &EventRecord) -> u16 {
    let first = record.accounts.iter().find(|account| !account.acts.is_empty());
    let first = first.map(|account| &account.quotes.as_slice()[0]);
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

    #[test]
    fn what_tells_a_name_from_others_comes_off() {
        for (name, expected) in [
            ("a-b", &["a-b"][..]),
            ("a-b-0b1c", &["a-b-0b1c", "a-b"]),
            ("a-b-0b1c-2", &["a-b-0b1c-2", "a-b-0b1c", "a-b"]),
            ("a-b-0b1c-x", &["a-b-0b1c-x"]),
        ] {
            assert_eq!(bases(name).collect::<Vec<_>>(), expected);
        }
    }

    #[test]
    fn a_name_is_given_once() {
        for (taken, expected) in [
            (&[][..], "a"),
            (&["a"], "a-0b1c"),
            (&["a", "a-0b1c"], "a-0b1c-2"),
            (&["a", "a-0b1c", "a-0b1c-2"], "a-0b1c-3"),
        ] {
            assert_eq!(free_name("a", 0x0b1c, |name| !taken.contains(&name)), expected);
        }
    }
}
