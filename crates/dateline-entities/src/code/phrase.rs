//! The code of a noun phrase: its country word, and the sector of its head.

use dateline_model::ActorCode;
use jiff::civil::Date;

use crate::gazetteer::{CountryForm, Gazetteer, PlaceKind, fold};

/// The code of a noun phrase that stands for an actor, on `day` where its words are a name; none
/// where the words tell neither a country nor a sector.
#[must_use]
pub fn actor_code(phrase: &str, day: Option<Date>, gazetteer: &Gazetteer) -> Option<ActorCode> {
    let phrase = Phrase::new(phrase, gazetteer);
    phrase.named(day).or_else(|| phrase.described(day))
}

struct Phrase<'a> {
    whole: &'a str,
    words: Vec<&'a str>,
    /// One past the head: what follows only says where or whose.
    end: usize,
    gazetteer: &'a Gazetteer,
}

/// What a phrase says of the country: CAMEO's letters, or the whole code of a body that it names.
struct Origin {
    code: String,
    /// The words tell a form of it that is an actor by itself: "Russians", "Syria", "NATO".
    is_actor: bool,
}

impl<'a> Phrase<'a> {
    fn new(whole: &'a str, gazetteer: &'a Gazetteer) -> Self {
        let words: Vec<_> = whole.split_whitespace().take(MOST_WORDS).collect();
        let after = |word: &&str| gazetteer.code_words().after_head.contains(&word.to_lowercase());
        let end = words.iter().skip(1).position(after).map_or(words.len(), |position| position + 1);
        Self { whole, words, end, gazetteer }
    }

    /// The phrase is a name that is known.
    fn named(&self, day: Option<Date>) -> Option<ActorCode> {
        let person = || self.gazetteer.persons(self.whole, day).into_iter().next();
        let actor = self.gazetteer.organisation(self.whole).or_else(person)?;
        ActorCode::new(&actor.term(day)?.code)
    }

    fn described(&self, day: Option<Date>) -> Option<ActorCode> {
        let origin = self.origin(day);
        let sector = self.sector();
        let sector = sector.map(|sector| if self.is_former() { former(&sector) } else { sector });
        match (origin, sector) {
            (Some(origin), Some(sector)) => ActorCode::new(&joined(&origin.code, &sector)),
            (Some(origin), None) => origin.is_actor.then(|| ActorCode::new(&origin.code))?,
            (None, Some(sector)) => ActorCode::new(&sector),
            (None, None) => None,
        }
    }

    fn is_former(&self) -> bool {
        let former = |word: &str| {
            let word = word.to_lowercase();
            self.gazetteer.code_words().former.contains(&word) || word.starts_with("ex-")
        };
        self.words.iter().take(self.end).any(|word| former(word))
    }

    /// The first country or known body among the words, the longest name first.
    fn origin(&self, day: Option<Date>) -> Option<Origin> {
        let stretches = (0..self.words.len()).flat_map(|start| {
            (start + 1..=self.words.len().min(start + 4)).rev().map(move |end| (start, end))
        });
        let mut origins = stretches.filter_map(|(start, end)| self.origin_of(start, end, day));
        origins.next()
    }

    fn origin_of(&self, start: usize, end: usize, day: Option<Date>) -> Option<Origin> {
        let name = self.words[start..end].join(" ");
        let name = name.trim_matches(|letter: char| !letter.is_alphanumeric() && letter != '.');
        if !name.starts_with(char::is_uppercase) {
            return None;
        }
        let is_last = end >= self.end;
        if let Some((country, form)) = self.gazetteer.country(name) {
            let is_actor = is_last && form != CountryForm::Adjective;
            return Some(Origin { code: country.cameo.clone(), is_actor });
        }
        if let Some(body) = self.gazetteer.organisation(name) {
            return Some(Origin { code: body.term(day)?.code.clone(), is_actor: is_last });
        }
        // Where they are tells whose they are only behind the head: "protesters in Cairo".
        let place = (start >= self.end).then(|| self.largest_place(name)).flatten()?;
        Some(Origin { code: place, is_actor: false })
    }

    fn largest_place(&self, name: &str) -> Option<String> {
        let places = self.gazetteer.places(name);
        let cities = places.iter().filter(|p| !p.is_further_name && p.kind != PlaceKind::District);
        Some(cities.max_by_key(|place| place.population)?.country?.cameo.clone())
    }

    /// The sector of the head; of a head that gives way, that of a stronger word before it.
    fn sector(&self) -> Option<String> {
        let folded: Vec<_> = self.words[..self.end].iter().map(|word| fold(word)).collect();
        let mut weak = None;
        let mut end = folded.len();
        while end > 0 {
            let Some((start, sector)) = self.agent_before(&folded, end) else {
                // Only the head's own words may be strange to us: "Ministry of Works and Roads".
                end -= 1;
                continue;
            };
            let yields = end - start == 1 && self.gazetteer.code_words().yielding.contains(&folded[start]);
            if !yields && !sector.is_empty() {
                return Some(sector.to_owned());
            }
            weak = weak.or_else(|| (!sector.is_empty()).then(|| sector.to_owned()));
            end = start;
        }
        weak
    }

    /// The longest agent that ends at `end`.
    fn agent_before(&self, folded: &[String], end: usize) -> Option<(usize, &str)> {
        (end.saturating_sub(4)..end).find_map(|start| {
            let agent = self.gazetteer.agent_of(&folded[start..end].join(" "))?;
            Some((start, agent.sector.as_str()))
        })
    }
}

/// As many words of a phrase are read.
const MOST_WORDS: usize = 24;

/// A country and a sector; a body that has the sector already keeps its code.
fn joined(origin: &str, sector: &str) -> String {
    if origin.len() > 3 && (origin.ends_with(sector) || is_state(sector)) {
        origin.to_owned()
    } else {
        format!("{origin}{sector}")
    }
}

/// "The UN envoy" is the UN: what officials of a body have is its own code.
fn is_state(sector: &str) -> bool {
    sector.starts_with("GOV")
}

/// Who held an office belongs to the elite.
fn former(sector: &str) -> String {
    if is_state(sector) || matches!(sector, "LEG" | "MIL") { "ELI".to_owned() } else { sector.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_have_codes() {
        let gazetteer = Gazetteer::english();
        for (phrase, expected) in [
            ("Syrian rebels", Some("SYRREB")),
            ("the Russian warplanes", Some("RUSMIL")),
            ("protesters in Cairo", Some("EGYOPP")),
            ("the Russian foreign minister", Some("RUSGOV")),
            ("the former British prime minister", Some("GBRELI")),
            ("a rebel commander", Some("REB")),
            ("Turkish police officers", Some("TURCOP")),
            ("the president of Ukraine", Some("UKRGOV")),
            ("the UN envoy", Some("IGOUNO")),
            ("NATO troops", Some("IGOWSTNATMIL")),
            ("Russians", Some("RUS")),
            ("Russia", Some("RUS")),
            ("the Kremlin", Some("RUSGOV")),
            ("the Syrian army", Some("SYRMIL")),
            ("South Korean soldiers", Some("KORMIL")),
            ("the chair", None),
            ("", None),
        ] {
            let code = actor_code(phrase, None, &gazetteer);
            assert_eq!(code.as_ref().map(ActorCode::as_str), expected, "{phrase}");
        }
    }

    #[test]
    fn a_name_has_the_code_of_the_day() {
        let gazetteer = Gazetteer::english();
        for (day, expected) in
            [(Date::constant(2016, 10, 19), "USAGOV"), (Date::constant(2018, 1, 1), "USAELI")]
        {
            let code = actor_code("Barack Obama", Some(day), &gazetteer);
            assert_eq!(code.as_ref().map(ActorCode::as_str), Some(expected), "{day}");
        }
    }
}
