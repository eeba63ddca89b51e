//! Dictionaries of actors and agents in PETRARCH's format, which the field's users own.
//!
//! An actor stands at the head of its synonyms, which open with a plus sign; codes stand in brackets,
//! with their days if they have any. An agent has its plural in braces and its sector after a tilde.
//!
//! ```text
//! PRESIDENT_OF_RURITANIA_  [RRTGOV 180101-191231] [RRTELI]
//! +RUDOLF_ELPHBERG_
//! SOLDIER [~MIL]
//! DEPUTY {DEPUTIES} [~COP]
//! ```

use jiff::civil::Date;

use super::actor::Term;

/// What a dictionary holds, and what is wrong in it.
#[derive(Debug, Default)]
pub struct Dictionary<'a> {
    /// Actors, in the file's order.
    pub actors: Vec<DictionaryActor<'a>>,
    /// Agents, in the file's order.
    pub agents: Vec<DictionaryAgent<'a>>,
    /// Lines that cannot be read; all others are.
    pub mistakes: Vec<Mistake>,
}

/// An actor with its synonyms and codes.
#[derive(Debug)]
pub struct DictionaryActor<'a> {
    /// Its name and its synonyms, as the file writes them.
    pub names: Vec<&'a str>,
    /// Its codes.
    pub terms: Vec<Term>,
    line: usize,
}

/// An agent with its plural and sector.
#[derive(Debug)]
pub struct DictionaryAgent<'a> {
    /// As the file writes it.
    pub name: String,
    /// None where it is regular; empty where there is none.
    pub plural: Option<&'a str>,
    /// Its sector: `MIL`.
    pub sector: &'a str,
}

/// A line that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// Counted from 1.
    pub line: usize,
    /// What is wrong, and what to write instead.
    pub message: String,
}

impl<'a> Dictionary<'a> {
    /// Reads a dictionary of actors, of agents, or of both.
    #[must_use]
    pub fn read(text: &'a str) -> Self {
        read(text)
    }
}

fn read(text: &str) -> Dictionary<'_> {
    let mut dictionary = Dictionary::default();
    let mut sets: Vec<(&str, Vec<&str>)> = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let line = without_comment(line);
        let number = index + 1;
        if line.is_empty() {
        } else if let Some((name, words)) = substitution(line) {
            sets.push((name, words));
        } else if line.contains("[~") {
            dictionary.add_agent(line, number, &sets);
        } else {
            dictionary.add_actor_line(line, number);
        }
    }
    dictionary.check_codes();
    dictionary
}

impl<'a> Dictionary<'a> {
    fn add_agent(&mut self, line: &'a str, number: usize, sets: &[(&str, Vec<&str>)]) {
        let (head, rest) = line.split_once("[~").unwrap_or((line, ""));
        let Some((sector, _)) = rest.split_once(']') else {
            return self.mistake(number, "the sector has no closing bracket: write [~MIL]");
        };
        let (name, plural) = match head.split_once('{') {
            Some((name, plural)) => (name, plural.split('}').next().map(str::trim)),
            None => (head, None),
        };
        for name in substituted(name.trim(), sets) {
            self.agents.push(DictionaryAgent { name, plural, sector: sector.trim() });
        }
    }

    fn add_actor_line(&mut self, line: &'a str, number: usize) {
        let (name, codes) = line.find('[').map_or((line, ""), |at| line.split_at(at));
        let name = name.trim();
        match (name.strip_prefix('+'), name.is_empty()) {
            (Some(synonym), _) => match self.actors.last_mut() {
                Some(actor) => actor.names.push(synonym.trim()),
                None => self.mistake(number, "a synonym before any actor: begin with the actor's name"),
            },
            (None, true) => {}
            (None, false) => {
                self.actors.push(DictionaryActor { names: vec![name], terms: Vec::new(), line: number });
            }
        }
        self.add_codes(codes, number);
    }

    fn add_codes(&mut self, codes: &str, number: usize) {
        for code in codes.split('[').skip(1) {
            let Some((inside, _)) = code.split_once(']') else {
                return self.mistake(number, "a code has no closing bracket: write [SYRGOV]");
            };
            match (term(inside), self.actors.last_mut()) {
                (Some(term), Some(actor)) => actor.terms.push(term),
                (None, _) if inside.trim().starts_with('-') => {}
                _ => self.mistake(
                    number,
                    &format!("[{inside}] is no code: write capitals in groups of three, then days as [SYRGOV 160101-171231]"),
                ),
            }
        }
    }

    fn check_codes(&mut self) {
        let bare: Vec<_> = self.actors.iter().filter(|a| a.terms.is_empty()).map(|a| a.line).collect();
        bare.into_iter().for_each(|line| {
            self.mistake(line, "an actor without a code: add one in brackets, as [SYRGOV]");
        });
        self.actors.retain(|actor| !actor.terms.is_empty());
    }

    fn mistake(&mut self, line: usize, message: &str) {
        self.mistakes.push(Mistake { line, message: message.to_owned() });
    }
}

/// A set of words that stand for each other: `!PERSON! = MAN, MEN, WOMAN`.
fn substitution(line: &str) -> Option<(&str, Vec<&str>)> {
    let (name, words) = line.split_once('=')?;
    let name = name.trim();
    let is_set = name.len() > 2 && name.starts_with('!') && name.ends_with('!');
    is_set.then(|| (name, words.split(',').map(str::trim).collect()))
}

fn substituted(name: &str, sets: &[(&str, Vec<&str>)]) -> Vec<String> {
    match sets.iter().find(|(set, _)| name.contains(set)) {
        Some((set, words)) => words.iter().map(|word| name.replace(set, word)).collect(),
        None => vec![name.to_owned()],
    }
}

/// Comments open with a number sign or a semicolon, or are those of HTML.
fn without_comment(line: &str) -> &str {
    let line = line.split(['#', ';']).next().unwrap_or_default().trim();
    if line.starts_with("<!--") { "" } else { line }
}

/// `SYRGOV`, `SYRGOV 160101-171231`, `SYRGOV >160101`, `SYRGOV <160101`.
fn term(inside: &str) -> Option<Term> {
    let inside = inside.trim();
    let (code, days) = inside.split_once(char::is_whitespace).unwrap_or((inside, ""));
    let good =
        code.len().is_multiple_of(3) && !code.is_empty() && code.bytes().all(|b| b.is_ascii_alphabetic());
    let days = days.trim();
    let (first, last) = if let Some(day) = days.strip_prefix('>') {
        (date(day), None)
    } else if let Some(day) = days.strip_prefix('<') {
        (None, date(day))
    } else {
        let (first, last) = days.split_once('-').unwrap_or_default();
        (date(first), date(last))
    };
    good.then(|| Term { code: code.to_ascii_uppercase(), office: None, first, last })
}

/// A day of six digits, or of eight; a year of two digits above 30 is of the twentieth century.
fn date(digits: &str) -> Option<Date> {
    let digits = digits.trim();
    let number: i32 = digits.parse().ok()?;
    let year = match digits.len() {
        6 if number / 10_000 > 30 => 1900 + number / 10_000,
        6 => 2000 + number / 10_000,
        8 => number / 10_000,
        _ => return None,
    };
    // Sources write months that are over as the 31st of a short one, or the 0th.
    let month = i8::try_from((number / 100 % 100).clamp(1, 12)).ok()?;
    let day = i8::try_from((number % 100).max(1)).ok()?;
    let first = Date::new(i16::try_from(year).ok()?, month, 1).ok()?;
    Date::new(first.year(), month, day.min(first.days_in_month())).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_actor_has_synonyms_and_dated_codes() {
        let read = read("RUDOLF_ELPHBERG_ # king\n+KING_RUDOLF_\n\t[RRTGOV 180101-191231]\n\t[RRTELI]\n");
        let [actor] = read.actors.as_slice() else { panic!("{read:?}") };
        assert_eq!(actor.names, ["RUDOLF_ELPHBERG_", "KING_RUDOLF_"]);
        assert_eq!(actor.terms[0].first, Some(Date::constant(2018, 1, 1)));
        assert_eq!(actor.terms[0].last, Some(Date::constant(2019, 12, 31)));
        assert_eq!(actor.terms[1].code, "RRTELI");
        assert!(read.mistakes.is_empty());
    }

    #[test]
    fn an_agent_has_its_plural() {
        let read =
            read("!PERSON! = MAN, MEN\nSOLDIER [~MIL]\nTHIEF {THIEVES} [~CRM]\nPOLICE!PERSON! [~COP]\n");
        let agents: Vec<_> = read.agents.iter().map(|a| (a.name.as_str(), a.plural, a.sector)).collect();
        assert_eq!(
            agents,
            [
                ("SOLDIER", None, "MIL"),
                ("THIEF", Some("THIEVES"), "CRM"),
                ("POLICEMAN", None, "COP"),
                ("POLICEMEN", None, "COP")
            ]
        );
    }

    #[test]
    fn a_mistake_says_its_line() {
        for (text, line) in [
            ("+ALONE_ [RRT]\n", 1),
            ("KING_ [RRTGO]\n", 1),
            ("KING_ [RRTGOV\n", 1),
            ("\nKING_\n", 2),
            ("SOLDIER [~MIL\n", 1),
        ] {
            assert_eq!(read(text).mistakes.first().map(|m| m.line), Some(line), "{text:?}");
        }
    }

    #[test]
    fn days_are_of_six_or_eight_digits() {
        for (digits, expected) in [
            ("320101", Some((1932, 1, 1))),
            ("19280101", Some((1928, 1, 1))),
            ("110231", Some((2011, 2, 28))),
            ("2004017", None),
            ("", None),
        ] {
            let expected = expected.map(|(y, m, d)| Date::constant(y, m, d));
            assert_eq!(date(digits), expected, "{digits}");
        }
    }
}
