//! Which of two reports had the text first? A credit tells, or else the day; often nothing does.

use dateline_model::Earlier;

use crate::entry::{Entry, Stamp};

/// Which of two reports that share prose was earlier.
pub(crate) fn earlier(a: &Entry, b: &Entry) -> Earlier {
    match (credits(a, b), credits(b, a)) {
        (true, false) => Earlier::B,
        (false, true) => Earlier::A,
        _ => by_time(a.published, b.published),
    }
}

/// Does `a` name the outlet of `b` as its origin?
pub(crate) fn credits(a: &Entry, b: &Entry) -> bool {
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

    fn entry(publisher: &str, day: i32, credit: &str) -> Entry {
        Entry {
            publisher: Some(publisher.to_owned()),
            published: (day > 0).then_some(Stamp { day, minute: None }),
            credits: vec![credit.to_owned()],
            ..Entry::default()
        }
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
            assert_eq!(earlier(&a, &b), expected, "{a:?} {b:?}");
        }
    }
}
