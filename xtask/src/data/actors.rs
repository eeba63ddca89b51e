//! Persons with their offices and bodies with their codes, from the Phoenix dictionaries.

use dateline_entities::{ActorKind, Dictionary, DictionaryActor, Term};

use super::Inputs;
use super::packed::{Index, add_name};

const COUNTRIES: &str = "8d4ee11692ccb1636a5cf4421849c420508acbd9b930adab457472b843276506";
const INTERNATIONAL: &str = "6fafbbe39bc47858edb9262411ab005b97977818237f85f3808fd11701a3ad2c";
const ARMED: &str = "78496d642ceb3501137f12a3d8af7820b139319200b5ecffa05f0f91a2508f3b";

/// Persons whose offices all ended before this year are left out: few reports name them.
const SINCE: i16 = 1990;

/// Words that persons are not named with.
const BODY_WORDS: &str = "PARTY ARMY FRONT COUNCIL MINISTRY ASSEMBLY COMMITTEE COMMISSION ORGANIZATION ORGANISATION \
    UNION BANK AGENCY FORCE FORCES GROUP MOVEMENT BRIGADE BRIGADES LEAGUE CONGRESS PARLIAMENT COURT INSTITUTE \
    UNIVERSITY ASSOCIATION FEDERATION FUND MISSION OFFICE COALITION ALLIANCE NETWORK NEWS TELEVISION RADIO POLICE \
    GOVERNMENT SENATE HOUSE BUREAU SERVICE SERVICES CENTER CENTRE FOUNDATION SOCIETY COMMAND NATIONS NATIONAL";

/// Lines of actors, and the names that lead to them.
pub(super) struct Actors {
    pub(super) names: Index,
    pub(super) lines: String,
    pub(super) count: usize,
}

/// Reads the three dictionaries; what the later ones name stands after the earlier ones.
pub(super) fn read(inputs: &Inputs<'_>) -> anyhow::Result<Actors> {
    let mut actors = Actors { names: Index::new(), lines: String::new(), count: 0 };
    for (file, digest) in [
        ("Phoenix.MilNonState.actors.txt", ARMED),
        ("Phoenix.International.actors.txt", INTERNATIONAL),
        ("Phoenix.Countries.actors.txt", COUNTRIES),
    ] {
        let text = inputs.dictionary(file, digest)?;
        let dictionary = Dictionary::read(&text);
        println!(
            "{file}: {} actors, {} lines that cannot be read",
            dictionary.actors.len(),
            dictionary.mistakes.len()
        );
        dictionary.actors.iter().filter(|actor| is_taken(actor, file)).for_each(|actor| actors.add(actor));
    }
    Ok(actors)
}

/// A country itself stands in a table of its own, with its cities among the places.
fn is_taken(actor: &DictionaryActor<'_>, file: &str) -> bool {
    let is_country =
        file.contains("Countries") && actor.terms.iter().all(|t| t.code.len() == 3 && !t.is_dated());
    let ends = actor
        .terms
        .iter()
        .filter(|term| term.is_dated())
        .map(|term| term.last.map_or(9999, jiff::civil::Date::year));
    !is_country && ends.max().is_none_or(|year| year >= SINCE)
}

impl Actors {
    fn add(&mut self, actor: &DictionaryActor<'_>) {
        let kind = kind(actor);
        let names: Vec<_> = actor.names.iter().map(|name| name.replace('_', " ")).collect();
        let names: Vec<_> =
            names.iter().filter(|name| !kind.is_person() || name.trim().contains(' ')).collect();
        let Some(name) = names.first() else { return };
        let offset = self.lines.len() as u32;
        names.iter().for_each(|name| add_name(&mut self.names, name, offset));
        let terms: Vec<_> = actor.terms.iter().map(written).collect();
        let letter = if kind.is_person() { 'P' } else { 'B' };
        self.lines += &format!("{letter}\t{}\t{}\n", dateline_entities::fold(name), terms.join(";"));
        self.count += 1;
    }
}

/// Only persons hold offices for a time; a body's name tells it.
fn kind(actor: &DictionaryActor<'_>) -> ActorKind {
    let is_body = |name: &&str| {
        name.split(['_', ' ']).any(|word| BODY_WORDS.split_whitespace().any(|body| body == word))
    };
    let dated = actor.terms.iter().any(Term::is_dated);
    if dated && !actor.names.iter().any(is_body) { ActorKind::Person } else { ActorKind::Body }
}

/// `RUSGOV,2000-05-07,`, the days as in ISO 8601.
fn written(term: &Term) -> String {
    let day = |day: Option<_>| day.map_or_else(String::new, |day: jiff::civil::Date| day.to_string());
    match term.is_dated() {
        true => format!("{},{},{}", term.code, day(term.first), day(term.last)),
        false => term.code.clone(),
    }
}
