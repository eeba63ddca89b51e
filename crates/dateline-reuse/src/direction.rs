//! Which of two reports had the text first? A credit tells, or else the day; often nothing does.

use dateline_model::Earlier;

use crate::entry::{Report, Stamp};
use crate::rules::Rules;

/// Mentions of an outlet that are looked at.
const MOST_MENTIONS: usize = 64;

/// Which of two reports that share prose was earlier.
pub(crate) fn earlier(a: &Report<'_>, b: &Report<'_>, rules: &Rules) -> Earlier {
    let or =
        |told: Earlier, other: &dyn Fn() -> Earlier| if told == Earlier::Unknown { other() } else { told };
    let by_credits = by_debt(credits(a, b), credits(b, a));
    let by_time = or(by_credits, &|| by_time(a.published, b.published));
    // Only then: the texts are gone through for it.
    or(by_time, &|| by_debt(cites(a, b, rules), cites(b, a, rules)))
}

/// Who owes a text to another had it later.
fn by_debt(a_owes: bool, b_owes: bool) -> Earlier {
    match (a_owes, b_owes) {
        (true, false) => Earlier::B,
        (false, true) => Earlier::A,
        _ => Earlier::Unknown,
    }
}

/// Does the text of `a` say that it has something from the outlet of `b`: "Northwire reported"?
fn cites(a: &Report<'_>, b: &Report<'_>, rules: &Rules) -> bool {
    let Some(outlet) = b.publisher.filter(|name| !name.is_empty()) else { return false };
    if a.publisher == b.publisher {
        return false;
    }
    let text = a.text();
    let after = text.match_indices(outlet).filter_map(|(at, name)| text.get(at + name.len()..));
    let follows = |rest: &str, verb: &String| {
        let rest = rest.strip_prefix(' ').and_then(|rest| rest.strip_prefix(verb.as_str()));
        rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    };
    let mut after = after.take(MOST_MENTIONS);
    after.any(|rest| rules.credit_verbs.iter().any(|verb| follows(rest, verb)))
}

/// Does `a` name the outlet of `b` as its origin?
pub(crate) fn credits(a: &Report<'_>, b: &Report<'_>) -> bool {
    let Some(outlet) = b.publisher.map(plain).filter(|name| !name.is_empty()) else {
        return false;
    };
    let own = a.publisher.map(plain);
    own.as_ref() != Some(&outlet) && a.credits.iter().any(|credit| plain(credit) == outlet)
}

/// A name without its article, its case and its marks.
fn plain(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let words: Vec<String> = words.map(str::to_lowercase).filter(|word| word != "the").collect();
    words.join(" ")
}

fn by_time(a: Option<Stamp>, b: Option<Stamp>) -> Earlier {
    let (Some(a), Some(b)) = (a, b) else { return Earlier::Unknown };
    // Clocks of two places are compared as printed; that tells the order within a day only roughly,
    // so it counts only where the day is the same and both give the time.
    let order = match (a.minute, b.minute) {
        (Some(_), Some(_)) => a.cmp(&b),
        _ => a.day.cmp(&b.day),
    };
    match order {
        std::cmp::Ordering::Less => Earlier::A,
        std::cmp::Ordering::Greater => Earlier::B,
        std::cmp::Ordering::Equal => Earlier::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entry::Entry;

    fn entry(publisher: &str, day: i32, credit: &str) -> Entry<'static> {
        Entry {
            publisher: Some(publisher.to_owned()),
            published: (day > 0).then_some(Stamp { day, minute: None }),
            credits: vec![credit.to_owned()],
            ..Entry::default()
        }
    }

    fn told(a: &Entry<'_>, b: &Entry<'_>) -> Earlier {
        earlier(&Report::of_entry((0, a)), &Report::of_entry((1, b)), &Rules::built_in())
    }

    #[test]
    fn an_outlet_named_as_source_was_first() {
        let citing = Entry { text: "The quay is shut, Herald reported.".into(), ..entry("Post", 0, "") };
        assert_eq!(told(&citing, &entry("Herald", 0, "")), Earlier::B);
        assert_eq!(told(&entry("Herald", 0, ""), &citing), Earlier::A);
        assert_eq!(told(&citing, &entry("Star", 0, "")), Earlier::Unknown);
    }

    #[test]
    fn a_credit_tells_before_the_day() {
        for (a, b, expected) in [
            (entry("Herald", 3, ""), entry("Post", 5, ""), Earlier::A),
            (entry("Herald", 3, ""), entry("Post", 3, ""), Earlier::Unknown),
            (entry("Herald", 3, "the post"), entry("The Post", 5, ""), Earlier::B),
            (entry("Herald", 0, ""), entry("Post", 5, ""), Earlier::Unknown),
            (entry("Herald", 0, ""), entry("Post", 0, "Herald"), Earlier::A),
        ] {
            assert_eq!(told(&a, &b), expected, "{a:?} {b:?}");
        }
    }
}
