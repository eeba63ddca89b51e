//! Which of two reports had the text first? A credit tells, or else the day; often nothing does.

use dateline_model::Earlier;

use crate::entry::{Entry, Stamp};
use crate::rules::Rules;

/// Mentions of an outlet that are looked at.
const MOST_MENTIONS: usize = 64;

/// Which of two reports that share prose was earlier.
pub(crate) fn earlier(a: &Entry<'_>, b: &Entry<'_>, rules: &Rules) -> Earlier {
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
fn cites(a: &Entry<'_>, b: &Entry<'_>, rules: &Rules) -> bool {
    let Some(outlet) = b.publisher.as_deref().filter(|name| !name.is_empty()) else { return false };
    let after = a.text.match_indices(outlet).filter_map(|(at, name)| a.text.get(at + name.len()..));
    let follows = |rest: &str, verb: &String| {
        let rest = rest.strip_prefix(' ').and_then(|rest| rest.strip_prefix(verb.as_str()));
        rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    };
    let mut after = after.take(MOST_MENTIONS);
    a.publisher != b.publisher && after.any(|rest| rules.credit_verbs.iter().any(|verb| follows(rest, verb)))
}

/// Does `a` name the outlet of `b` as its origin?
pub(crate) fn credits(a: &Entry<'_>, b: &Entry<'_>) -> bool {
    let Some(outlet) = b.publisher.as_deref().map(plain).filter(|name| !name.is_empty()) else {
        return false;
    };
    let own = a.publisher.as_deref().map(plain);
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

    fn entry(publisher: &str, day: i32, credit: &str) -> Entry<'static> {
        Entry {
            publisher: Some(publisher.to_owned()),
            published: (day > 0).then_some(Stamp { day, minute: None }),
            credits: vec![credit.to_owned()],
            ..Entry::default()
        }
    }

    #[test]
    fn an_outlet_named_as_source_was_first() {
        let rules = Rules::built_in();
        let citing = Entry { text: "The quay is shut, Herald reported.".into(), ..entry("Post", 0, "") };
        assert_eq!(earlier(&citing, &entry("Herald", 0, ""), &rules), Earlier::B);
        assert_eq!(earlier(&entry("Herald", 0, ""), &citing, &rules), Earlier::A);
        assert_eq!(earlier(&citing, &entry("Star", 0, ""), &rules), Earlier::Unknown);
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
            assert_eq!(earlier(&a, &b, &Rules::built_in()), expected, "{a:?} {b:?}");
        }
    }
}
