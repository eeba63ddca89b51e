//! One key for all spellings of a name: `bashar al-assad`, `sergei shoigu`.
//!
//! A key is the name in small letters without accents, titles and possessives. The Arabic article
//! is always `al-`; endings of Slavic names and the commonest given names have one spelling. The
//! rules stand in `data/entities/spellings.toml`.

use std::collections::BTreeMap;

use dateline_model::EntityType;
use serde::Deserialize;

use crate::words::{Kinds, Words};

/// The ways to write a name, and the one that keys have.
#[derive(Debug)]
pub(crate) struct Spellings {
    articles: Vec<String>,
    /// Longest first.
    ends: Vec<(String, String)>,
    words: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    articles: Vec<String>,
    ends: BTreeMap<String, String>,
    words: BTreeMap<String, Vec<String>>,
}

impl Spellings {
    pub(crate) fn english() -> Self {
        let file: File = toml::from_str(include_str!("../../../data/entities/spellings.toml"))
            .expect("data/entities/spellings.toml lists spellings");
        let mut ends: Vec<_> = file.ends.into_iter().collect();
        ends.sort_by_key(|(end, _)| std::cmp::Reverse(end.len()));
        let each = |(one, many): (String, Vec<String>)| many.into_iter().map(move |m| (m, one.clone()));
        Self { articles: file.articles, ends, words: file.words.into_iter().flat_map(each).collect() }
    }

    /// The key of a name as it is printed.
    pub(crate) fn key(&self, printed: &str, entity_type: EntityType, words: &Words) -> String {
        let plain = unaccented(&printed.to_lowercase());
        let parts: Vec<&str> =
            plain.split_whitespace().filter(|w| !matches!(*w, "'s" | "’s" | "the")).collect();
        if entity_type != EntityType::Person {
            return self.bodies_key(&parts);
        }
        let english = parts.first().is_some_and(|w| words.kinds(w).any(Kinds::GIVEN));
        let mut key = String::with_capacity(plain.len());
        for (i, part) in parts.iter().enumerate() {
            let article = i + 1 < parts.len() && i > 0 && matches!(*part, "al" | "el");
            if !key.is_empty() && !key.ends_with('-') {
                key.push(' ');
            }
            match article {
                true => key.push_str("al-"),
                false => key.push_str(&self.word(part, english)),
            }
        }
        key
    }

    fn bodies_key(&self, parts: &[&str]) -> String {
        let word = |part: &&str| {
            let bare = part.trim_end_matches("'s").trim_end_matches("’s");
            let bare = if is_dotted(bare) { bare.replace('.', "") } else { bare.to_owned() };
            self.words.get(&bare).cloned().or_else(|| self.with_article(&bare, true)).unwrap_or(bare)
        };
        parts.iter().map(word).collect::<Vec<_>>().join(" ")
    }

    /// One word of a person's name.
    fn word(&self, word: &str, english: bool) -> String {
        let bare = word.trim_end_matches("'s").trim_end_matches("’s");
        if let Some(one) = self.words.get(bare) {
            return one.clone();
        }
        if let Some(joined) = self.with_article(bare, english) {
            return joined;
        }
        let one = self.slavic(bare);
        if english { one } else { y_before_consonant(&one) }
    }

    /// "El-Assad", "ash-Shaykh": the article as keys have it, and the rest by the same rules.
    fn with_article(&self, word: &str, english: bool) -> Option<String> {
        let (article, rest) = word.split_once(['-', '‑'])?;
        let known = self.articles.iter().any(|a| a == article) && !rest.is_empty();
        known.then(|| format!("al-{}", self.word(rest, english)))
    }

    fn slavic(&self, word: &str) -> String {
        let end =
            self.ends.iter().find(|(end, _)| word.len() > end.len() + 1 && word.ends_with(end.as_str()));
        match end {
            Some((end, one)) => format!("{}{one}", word.strip_suffix(end.as_str()).unwrap_or(word)),
            None => word.to_owned(),
        }
    }
}

/// "u.n.", "u.s": an abbreviation with its stops.
fn is_dotted(word: &str) -> bool {
    word.contains('.') && word.split('.').all(|part| part.chars().count() <= 1)
}

/// "Shoygu" and "Shoigu": a "y" after a vowel and before a consonant is an "i".
fn y_before_consonant(word: &str) -> String {
    let letters: Vec<char> = word.chars().collect();
    let vowel = |c: Option<&char>| c.is_some_and(|c| "aeiou".contains(*c));
    let consonant = |c: Option<&char>| c.is_some_and(|c| c.is_alphabetic() && !"aeiouy".contains(*c));
    let before = |i: usize| i.checked_sub(1).and_then(|i| letters.get(i));
    let one = |(i, c): (usize, &char)| {
        let turned = *c == 'y' && vowel(before(i)) && consonant(letters.get(i + 1));
        if turned { 'i' } else { *c }
    };
    letters.iter().enumerate().map(one).collect()
}

/// Latin letters without their marks; others as they are.
pub(crate) fn unaccented(lower: &str) -> String {
    if lower.is_ascii() {
        return lower.to_owned();
    }
    let mut plain = String::with_capacity(lower.len());
    for c in lower.chars() {
        match c {
            'à'..='å' | 'ā' | 'ă' | 'ą' => plain.push('a'),
            'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => plain.push('e'),
            'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' => plain.push('i'),
            'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' => plain.push('o'),
            'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => plain.push('u'),
            'ý' | 'ÿ' => plain.push('y'),
            'ç' | 'ć' | 'č' | 'ĉ' | 'ċ' => plain.push('c'),
            'ğ' | 'ĝ' | 'ġ' | 'ģ' => plain.push('g'),
            'ñ' | 'ń' | 'ň' | 'ņ' => plain.push('n'),
            'ś' | 'š' | 'ş' | 'ŝ' | 'ș' => plain.push('s'),
            'ź' | 'ż' | 'ž' => plain.push('z'),
            'ł' | 'ľ' | 'ĺ' | 'ļ' => plain.push('l'),
            'ť' | 'ţ' | 'ț' => plain.push('t'),
            'ř' | 'ŕ' => plain.push('r'),
            'ď' | 'đ' => plain.push('d'),
            'ß' => plain.push_str("ss"),
            'æ' => plain.push_str("ae"),
            'œ' => plain.push_str("oe"),
            '’' | 'ʼ' | '‘' | 'ʿ' | 'ʾ' => plain.push('\''),
            '\u{300}'..='\u{36f}' => {}
            other => plain.push(other),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_key_for_all_spellings() {
        let (spellings, words) = (Spellings::english(), Words::english());
        let check = |name: &str, key: &str| {
            assert_eq!(spellings.key(name, EntityType::Person, &words), key, "{name}");
        };
        for name in
            ["Bashar al-Assad", "Bashar El-Assad", "Bashar Al Assad", "Bashar al-Asad", "BASHAR AL-ASSAD"]
        {
            check(name, "bashar al-assad");
        }
        check("Sergey Shoygu", "sergei shoigu");
        check("Sergei Shoigu's", "sergei shoigu");
        check("Alexander Lavrentyev", "alexander lavrentiev");
        check("Aleksandr Lavrentiev", "alexander lavrentiev");
        check("Volodymyr Zelenskyy", "vladimir zelensky");
        check("Taylor Boyd", "taylor boyd");
        check("Recep Erdoğan", "recep erdogan");
    }

    #[test]
    fn bodies_lose_article_and_stops() {
        let (spellings, words) = (Spellings::english(), Words::english());
        let key = |name: &str| spellings.key(name, EntityType::Organisation, &words);
        assert_eq!(key("the U.N."), "un");
        assert_eq!(key("Al-Qaida"), "al-qaeda");
        assert_eq!(key("Jabhat al-Nusra"), "jabhat al-nusra");
    }
}
