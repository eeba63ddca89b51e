//! Which charset a page is in: what it says of itself, weighed against its bytes.
//!
//! The order is that of browsers: a byte order mark, the HTTP header, the page's own `<meta>` or XML
//! declaration, then the bytes. Two lies are common enough to be caught: a page that claims a legacy
//! charset while its bytes are good UTF-8, and one that claims UTF-8 while they are anything but.

use std::sync::LazyLock;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use dateline_model::{Charset, CharsetBasis, Diagnostic, Severity};
use encoding_rs::{Encoding, ISO_2022_JP, REPLACEMENT, UTF_8, UTF_16BE, UTF_16LE, X_USER_DEFINED};
use serde::Deserialize;

use crate::form::count;
use crate::meta;

/// What is known of a page before its bytes are looked at.
#[derive(Clone, Copy, Debug, Default)]
pub struct CharsetClues<'a> {
    /// The charset that the HTTP header names.
    pub header: Option<&'a str>,
    /// The page's address; its country narrows the guess.
    pub uri: Option<&'a str>,
}

/// The charset of a page and what told it, with a remark where its claims and its bytes disagree.
#[must_use]
pub fn detect_charset(bytes: &[u8], clues: CharsetClues<'_>) -> (Charset, Option<Diagnostic>) {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return (charset(encoding, CharsetBasis::ByteOrderMark), None);
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return (charset(encoding, CharsetBasis::Detected), None);
    }
    let evidence = Utf8Evidence::of(bytes);
    let claims = claims(bytes, clues.header);
    let Some(first) = claims.first() else { return (from_bytes(bytes, &evidence, clues.uri), None) };
    let found = match claims.iter().find(|claim| claim.holds(bytes, &evidence)) {
        Some(claim) => charset(claim.encoding, claim.basis),
        None => from_bytes(bytes, &evidence, clues.uri),
    };
    let remark = (found.name != first.encoding.name()).then(|| first.contradicted_by(found));
    (found, remark)
}

/// What the header or the page says of the charset.
struct Claim {
    encoding: &'static Encoding,
    basis: CharsetBasis,
}

/// The claims, the strongest first.
fn claims(bytes: &[u8], header: Option<&str>) -> Vec<Claim> {
    let header = header.and_then(known).map(|encoding| Claim { encoding, basis: CharsetBasis::Header });
    let head = &bytes[..bytes.len().min(RULES.meta_window)];
    let meta = meta::charset(head).and_then(|label| known(&label));
    let meta = meta.map(|encoding| Claim { encoding: as_meta(encoding), basis: CharsetBasis::Meta });
    header.into_iter().chain(meta).collect()
}

/// The encoding of a label; none for those that the standard replaces by a refusal.
fn known(label: &str) -> Option<&'static Encoding> {
    Encoding::for_label(label.as_bytes()).filter(|encoding| *encoding != REPLACEMENT)
}

/// A page that says `utf-16` in readable ASCII is not in UTF-16: the standard reads it as UTF-8.
fn as_meta(encoding: &'static Encoding) -> &'static Encoding {
    match encoding {
        e if is_utf16(e) => UTF_8,
        e if e == X_USER_DEFINED => encoding_rs::WINDOWS_1252,
        e => e,
    }
}

fn is_utf16(encoding: &'static Encoding) -> bool {
    encoding == UTF_16LE || encoding == UTF_16BE
}

impl Claim {
    /// Do the bytes bear it out?
    fn holds(&self, bytes: &[u8], evidence: &Utf8Evidence) -> bool {
        match self.encoding {
            e if e == UTF_8 => !evidence.speaks_against(),
            e if is_utf16(e) => evidence.broken > 0,
            e if e == ISO_2022_JP => true,
            e => !evidence.contradicts(e) && (e.is_single_byte() || reads_well(bytes, e)),
        }
    }

    fn contradicted_by(&self, found: Charset) -> Diagnostic {
        let who = if self.basis == CharsetBasis::Header { "HTTP header" } else { "page" };
        let message = format!("the {who} says {}, but the bytes are {}", self.encoding.name(), found.name);
        Diagnostic::new("charset-contradicted", Severity::Note, message)
    }
}

/// Can the bytes be decoded so, but for some damage?
fn reads_well(bytes: &[u8], encoding: &'static Encoding) -> bool {
    let head = &bytes[..bytes.len().min(RULES.detect_window)];
    let (text, _) = encoding.decode_without_bom_handling(head);
    let beyond = text.chars().filter(|c| !c.is_ascii()).count();
    let broken = text.chars().filter(|c| *c == char::REPLACEMENT_CHARACTER).count();
    broken as f64 <= beyond as f64 * RULES.damage_share
}

/// How well bytes read as UTF-8.
struct Utf8Evidence {
    /// Characters beyond ASCII.
    characters: usize,
    /// Places that are no UTF-8.
    broken: usize,
}

impl Utf8Evidence {
    fn of(bytes: &[u8]) -> Self {
        // Most pages are sound, and are counted much quicker than piece by piece.
        if std::str::from_utf8(bytes).is_ok() {
            return Self { characters: count(bytes, |byte| byte >= 0xC0), broken: 0 };
        }
        bytes.utf8_chunks().fold(Self { characters: 0, broken: 0 }, |sum, chunk| {
            let beyond = chunk.valid().bytes().filter(|byte| *byte >= 0xC0).count();
            Self {
                characters: sum.characters + beyond,
                broken: sum.broken + usize::from(!chunk.invalid().is_empty()),
            }
        })
    }

    /// Is a claim of another charset refuted?
    fn contradicts(&self, claimed: &'static Encoding) -> bool {
        let enough = if claimed.is_single_byte() { RULES.contradict_single } else { RULES.contradict_multi };
        let sound = self.broken as f64 <= self.characters as f64 * RULES.contradict_damage;
        sound && self.characters >= enough
    }

    /// Is a claim of UTF-8 refuted? Some damage in good UTF-8 is damage, no other charset.
    fn speaks_against(&self) -> bool {
        self.broken as f64 > (self.characters + self.broken) as f64 * RULES.damage_share
    }
}

fn from_bytes(bytes: &[u8], evidence: &Utf8Evidence, uri: Option<&str>) -> Charset {
    let escapes = evidence.characters == 0 && memchr::memchr(0x1B, bytes).is_some();
    if evidence.broken == 0 && !escapes {
        return charset(UTF_8, CharsetBasis::Valid);
    }
    if evidence.characters > 0 && !evidence.speaks_against() {
        return charset(UTF_8, CharsetBasis::Detected);
    }
    from_legacy_bytes(bytes, uri)
}

fn from_legacy_bytes(bytes: &[u8], uri: Option<&str>) -> Charset {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(&bytes[..bytes.len().min(RULES.detect_window)], bytes.len() <= RULES.detect_window);
    let country = uri.and_then(top_level_domain);
    let encoding = detector.guess(country.as_deref().map(str::as_bytes), Utf8Detection::Deny);
    charset(encoding, CharsetBasis::Detected)
}

/// `ru` of `https://example.ru:80/page`; the detector takes lower-case ASCII letters only.
fn top_level_domain(uri: &str) -> Option<String> {
    let host = uri.split_once("://")?.1.split(['/', '?', '#']).next()?;
    let host = host.rsplit('@').next()?.split(':').next()?;
    let last = host.trim_end_matches('.').rsplit_once('.')?.1.to_ascii_lowercase();
    let is_name = !last.is_empty() && last.bytes().all(|byte| byte.is_ascii_lowercase());
    is_name.then_some(last)
}

fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(RULES.meta_window) & !1];
    if head.len() < 8 || memchr::memchr(0, head).is_none() {
        return None;
    }
    let share = |place: usize| {
        let nul = head.iter().skip(place).step_by(2).filter(|byte| **byte == 0).count();
        nul as f64 * 2.0 / head.len() as f64
    };
    let (even, odd) = (share(0), share(1));
    match () {
        () if odd >= RULES.utf16_nul && even <= RULES.utf16_other => Some(UTF_16LE),
        () if even >= RULES.utf16_nul && odd <= RULES.utf16_other => Some(UTF_16BE),
        () => None,
    }
}

fn charset(encoding: &'static Encoding, basis: CharsetBasis) -> Charset {
    Charset { name: encoding.name(), basis }
}

#[derive(Deserialize)]
struct Rules {
    meta_window: usize,
    detect_window: usize,
    utf16_nul: f64,
    utf16_other: f64,
    contradict_single: usize,
    contradict_multi: usize,
    contradict_damage: f64,
    damage_share: f64,
}

static RULES: LazyLock<Rules> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../data/ingest/charset.toml"))
        .expect("data/ingest/charset.toml is read by every test")
});

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], header: Option<&str>, expected: &str, basis: CharsetBasis) {
        let (found, _) = detect_charset(bytes, CharsetClues { header, uri: None });
        assert_eq!((found.name, found.basis), (expected, basis), "{}", String::from_utf8_lossy(bytes));
    }

    #[test]
    fn each_clue_in_its_turn() {
        use CharsetBasis::*;
        check(b"\xEF\xBB\xBFmark", Some("windows-1252"), "UTF-8", ByteOrderMark);
        check(b"\xFF\xFEa\0", None, "UTF-16LE", ByteOrderMark);
        check(b"a\0b\0c\0d\0e\0", None, "UTF-16LE", Detected);
        check(b"\0a\0b\0c\0d\0e", None, "UTF-16BE", Detected);
        check(b"caf\xE9", Some("ISO-8859-1"), "windows-1252", Header);
        check(b"<meta charset=windows-1251>\xCF\xF0\xE8", None, "windows-1251", Meta);
        check(b"<?xml version='1.0' encoding='koi8-r'?>\xF0\xD2", None, "KOI8-R", Meta);
        check(b"<meta charset=utf-16>plain", None, "UTF-8", Meta);
        check(b"plain ASCII", None, "UTF-8", Valid);
        check("né à Paris".as_bytes(), None, "UTF-8", Valid);
        check(b"", None, "UTF-8", Valid);
        check(b"\x1b$B8=:_\x1b(B", None, "ISO-2022-JP", Detected);
        check(b"\x1b$B8=:_\x1b(B", Some("iso-2022-jp"), "ISO-2022-JP", Header);
    }

    #[test]
    fn a_claim_that_the_bytes_refute_is_dropped_with_a_remark() {
        let lie =
            |bytes: &[u8], header| detect_charset(bytes, CharsetClues { header: Some(header), uri: None });
        let (found, remark) = lie("né à Paris".as_bytes(), "iso-8859-1");
        assert_eq!((found.name, found.basis), ("UTF-8", CharsetBasis::Valid));
        assert_eq!(remark.unwrap().message, "the HTTP header says windows-1252, but the bytes are UTF-8");
        let (found, remark) = lie(b"Le pr\xE9sident a d\xE9clar\xE9 hier", "utf-8");
        assert_eq!((found.name, found.basis), ("windows-1252", CharsetBasis::Detected));
        assert_eq!(remark.unwrap().code, "charset-contradicted");
        let (found, remark) =
            lie(b"<meta charset=windows-1251><p>\xCF\xF0\xE5\xE7\xE8\xE4\xE5\xED\xF2", "utf-8");
        assert_eq!((found.name, found.basis), ("windows-1251", CharsetBasis::Meta));
        assert_eq!(remark.unwrap().message, "the HTTP header says UTF-8, but the bytes are windows-1251");
        let (found, _) = lie(b"plain ASCII", "utf-16");
        assert_eq!(found.name, "UTF-8");
        let (found, _) = lie(&[b"caf\xC3\xA9 ".repeat(200), b"cut \xC3".to_vec()].concat(), "iso-8859-1");
        assert_eq!(found.name, "UTF-8");
        let (found, _) = lie("Переговоры в Сочи".as_bytes(), "shift_jis");
        assert_eq!(found.name, "UTF-8");
    }

    #[test]
    fn damage_in_good_utf8_is_no_other_charset() {
        check("Überfälle in Köln \u{FFFD}ö, näher".as_bytes(), Some("utf-8"), "UTF-8", CharsetBasis::Header);
        let mut damaged = "Größere Überfälle über Köln".as_bytes().to_vec();
        damaged.push(0xC3);
        check(&damaged, Some("utf-8"), "UTF-8", CharsetBasis::Header);
        check(&damaged, None, "UTF-8", CharsetBasis::Detected);
    }

    #[test]
    fn the_country_is_the_last_part_of_the_host() {
        let cases = [
            ("https://news.example.ru/a", Some("ru")),
            ("http://user@example.JP:8080/", Some("jp")),
            ("http://192.0.2.7/", None),
            ("example.ru", None),
            ("https://", None),
        ];
        for (uri, expected) in cases {
            assert_eq!(top_level_domain(uri).as_deref(), expected, "{uri}");
        }
    }
}
