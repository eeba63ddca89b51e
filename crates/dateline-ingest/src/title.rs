//! A feed's titles as words: feeds write them with tags and character references, or twice encoded.

use std::collections::BTreeMap;

/// The words of a title, without tags, with references resolved and white space folded.
pub(crate) fn plain(title: &str, characters: &BTreeMap<String, String>) -> String {
    let mut words = String::with_capacity(title.len());
    let mut rest = title;
    while let Some(at) = rest.find(['<', '&']) {
        words.push_str(&rest[..at]);
        rest = &rest[at..];
        let (read, length) =
            tag(rest).or_else(|| reference(rest, characters)).unwrap_or_else(|| (rest[..1].into(), 1));
        words.push_str(&read);
        rest = &rest[length..];
    }
    words.push_str(rest);
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The longest tag or reference that is looked for, so that a title of many `<` stays linear.
const LONGEST_TAG: usize = 1000;
const LONGEST_REFERENCE: usize = 12;

/// A tag stands for nothing; the length of `<b>`.
fn tag(text: &str) -> Option<(String, usize)> {
    let name = text.strip_prefix('<')?.bytes().next()?;
    let is_tag = name.is_ascii_alphabetic() || name == b'/';
    let end = text.bytes().take(LONGEST_TAG).position(|byte| byte == b'>').filter(|_| is_tag)?;
    Some((String::new(), end + 1))
}

/// The character of `&eacute;`, `&#233;` or `&#xE9;`.
fn reference(text: &str, characters: &BTreeMap<String, String>) -> Option<(String, usize)> {
    let end = text.bytes().take(LONGEST_REFERENCE).position(|byte| byte == b';')?;
    let name = text.get(1..end)?;
    let character = match name.strip_prefix('#') {
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?).filter(|c| *c != '\0')?.to_string()
        }
        None => characters.get(name)?.clone(),
    };
    Some((character, end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_become_words() {
        let characters = BTreeMap::from([("amp".to_owned(), "&".to_owned())]);
        let cases = [
            ("Talks  end\n in Sochi", "Talks end in Sochi"),
            ("AT&amp;T", "AT&T"),
            ("Russia&#8217;s &#x201C;no&#x201d;", "Russia’s “no”"),
            ("<b>Breaking</b>: 5 < 6", "Breaking: 5 < 6"),
            ("Q&A; &unknown; &#0; &#xD800; &", "Q&A; &unknown; &#0; &#xD800; &"),
            ("<never closed", "<never closed"),
            ("", ""),
        ];
        for (title, expected) in cases {
            assert_eq!(plain(title, &characters), expected);
        }
    }
}
