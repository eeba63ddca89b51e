//! Names that are near to one that nothing bears: so that a refusal says what there is.

use std::collections::BTreeSet;

/// Of `names`, at most `most` that share words with `wrong` or begin as it does, the nearest first.
#[must_use]
pub(crate) fn near_names<'a>(wrong: &str, names: impl Iterator<Item = &'a str>, most: usize) -> Vec<String> {
    let own = words(wrong);
    let mut near: Vec<(usize, &str)> = names
        .filter_map(|name| {
            let shared = words(name).intersection(&own).count();
            let begins = common_beginning(wrong, name);
            let points = 4 * shared + begins;
            (points >= 4).then_some((points, name))
        })
        .collect();
    near.sort_by(|a, b| (b.0, a.1).cmp(&(a.0, b.1)));
    near.into_iter().take(most).map(|(_, name)| name.to_owned()).collect()
}

/// Words of a name, numbers apart: a day shared says little of an event.
fn words(name: &str) -> BTreeSet<String> {
    let parts = name.split(|c: char| !c.is_alphanumeric());
    let telling = |part: &&str| part.len() > 2 && part.chars().any(char::is_alphabetic);
    parts.filter(telling).map(str::to_lowercase).collect()
}

fn common_beginning(a: &str, b: &str) -> usize {
    a.chars().zip(b.chars()).take_while(|(a, b)| a.to_lowercase().eq(b.to_lowercase())).count().min(16)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_share_words_or_their_beginning() {
        let names =
            ["2019-03-04-consult-phone-brenn-ost", "2019-05-01-assault-merin", "undated-protest-velin"];
        let near = |wrong| near_names(wrong, names.iter().copied(), 2);
        assert_eq!(near("2019-03-04-consult-phone-brenn"), [names[0], names[1]]);
        assert_eq!(near("merin"), [names[1]]);
        assert!(near("xyz").is_empty());
    }
}
