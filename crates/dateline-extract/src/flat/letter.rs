//! Is a character a letter? As the standard library says, but sooner.
//!
//! The library looks through a list. Most characters beyond ASCII are of a few alphabets, or quotation
//! marks and dashes, and are told by comparing.

/// The same as [`char::is_alphabetic`].
pub(super) fn is_letter(c: char) -> bool {
    match c {
        '\u{2010}'..='\u{2060}' => false,
        c if is_common(c) => true,
        c => c.is_alphabetic(),
    }
}

/// Is it a letter of Latin, Greek, Cyrillic, Hebrew, Arabic, kana, Chinese or Korean, as far as ranges without gaps tell?
fn is_common(c: char) -> bool {
    matches!(c,
        '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{2C1}'
        | '\u{3A3}'..='\u{3F5}' | '\u{400}'..='\u{481}' | '\u{5D0}'..='\u{5EA}' | '\u{620}'..='\u{657}'
        | '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FA}' | '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}')
}

#[cfg(test)]
mod tests {
    use super::is_letter;

    #[test]
    fn letters_are_those_of_the_library() {
        let differ = ('\0'..=char::MAX).find(|c| is_letter(*c) != c.is_alphabetic());
        assert_eq!(differ, None);
    }
}
