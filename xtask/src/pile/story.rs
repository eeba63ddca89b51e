//! Made stories: what happened, the reports of it, and the reports that copy them.

use anyhow::{Context, Result};
use jiff::{ToSpan, civil::Date};
use serde::Deserialize;
use toml::Table;

use super::grammar::{FACTS, Facts, Grammar, Template};
use super::random::Random;

/// One made report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Report {
    /// Number of its publisher.
    pub(super) publisher: usize,
    /// Day of publication.
    pub(super) published: Date,
    pub(super) headline: String,
    pub(super) byline: String,
    /// Paragraphs.
    pub(super) body: Vec<String>,
}

/// What stories are made of.
pub(super) struct World {
    grammar: Grammar,
    kinds: Vec<Kind>,
    countries: Vec<Country>,
    swaps: Vec<(String, String)>,
    publishers: usize,
    seed: u64,
    first_day: Date,
    days: usize,
}

struct Kind {
    headlines: Vec<Template>,
    leads: Vec<Template>,
    details: Vec<Template>,
}

#[derive(Deserialize)]
struct Country {
    name: String,
    demonym: String,
    places: Vec<String>,
}

/// `facts.toml` as it is written.
#[derive(Deserialize)]
struct Told {
    kind: Vec<ToldKind>,
    country: Vec<Country>,
}

#[derive(Deserialize)]
struct ToldKind {
    headline: Vec<String>,
    lead: Vec<String>,
    detail: Vec<String>,
}

/// A story while its reports are written.
struct Story {
    kind: usize,
    facts: Facts,
    start: Date,
    /// The numbers of the happening; reports come near them.
    numbers: [usize; 3],
    /// Paragraphs of an agency that several reports print.
    passages: Vec<String>,
}

/// Lengths in words: a twentieth of reports lies between one and the next.
const LENGTHS: [usize; 21] = [
    60, 140, 180, 215, 245, 275, 305, 335, 365, 395, 430, 465, 505, 550, 600, 660, 735, 830, 960, 1250, 3200,
];

/// Of a hundred reports that somebody wrote, so many are printed by others too.
const COPIED_PERCENT: usize = 25;

impl World {
    /// A world of these lists. Stories begin on one of `days` days.
    pub(super) fn new(
        grammar: Grammar,
        facts: &Table,
        swaps: Vec<(String, String)>,
        (publishers, days, seed): (usize, usize, u64),
    ) -> Result<Self> {
        let told: Told = facts.clone().try_into().context("facts.toml")?;
        let templates =
            |texts: &[String]| texts.iter().map(|text| grammar.template(text)).collect::<Result<Vec<_>>>();
        let kind = |kind: &ToldKind| {
            Ok(Kind {
                headlines: templates(&kind.headline)?,
                leads: templates(&kind.lead)?,
                details: templates(&kind.detail)?,
            })
        };
        let kinds = told.kind.iter().map(kind).collect::<Result<Vec<_>>>()?;
        let (countries, first_day) = (told.country, Date::constant(2021, 1, 4));
        Ok(Self { grammar, kinds, countries, swaps, publishers, seed, first_day, days })
    }

    /// All reports of the story with this number, by the day they came out.
    pub(super) fn story(&self, number: u64) -> Vec<Report> {
        let mut random = Random::new(self.seed, number);
        let story = self.begin(&mut random);
        let mut reports = Vec::new();
        for _ in 0..size(&mut random) {
            let original = self.report(&story, &mut random);
            let copies = if random.chance(COPIED_PERCENT) { copies(&mut random) } else { 0 };
            for _ in 0..copies {
                reports.push(self.copy(&original, &mut random));
            }
            reports.push(original);
        }
        reports.sort_by_key(|report| report.published);
        reports
    }

    fn begin(&self, random: &mut Random) -> Story {
        let start = self.first_day.saturating_add((random.below(self.days) as i64).days());
        let mut facts = self.grammar.facts(random);
        let country = random.pick(&self.countries);
        let person = self.grammar.say("someone", &facts, random);
        let surname = person.rsplit(' ').next().unwrap_or_default().to_owned();
        let group = self.grammar.say("group", &facts, random);
        let title = self.grammar.say("title", &facts, random);
        let rival_title = self.grammar.say("title", &facts, random);
        let rival = format!("{rival_title} {}", self.grammar.say("someone", &facts, random));
        let body = self.grammar.say("body", &facts, random);
        let known = [
            ("place", random.pick(&country.places).clone()),
            ("country", country.name.clone()),
            ("demonym", country.demonym.clone()),
            ("person", person),
            ("surname", surname),
            ("title", title),
            ("rival", rival),
            ("body", body),
            ("group", group),
            ("date", spelled(start.saturating_add((random.between(10, 300) as i64).days()))),
        ];
        known.into_iter().for_each(|(name, value)| set(&mut facts, name, value));
        let numbers = [random.between(3, 40), random.between(8, 120), random.between(10, 900)];
        let kind = random.below(self.kinds.len());
        let mut story = Story { kind, facts, start, numbers, passages: Vec::new() };
        self.tell_numbers(&mut story.facts, (start, start), numbers);
        story.passages = (0..3).map(|_| self.paragraph(&story, &story.facts, random, 4)).collect();
        story
    }

    fn tell_numbers(&self, facts: &mut Facts, (day, published): (Date, Date), numbers: [usize; 3]) {
        let age = published.since(day).map_or(0, |span| span.get_days());
        let told = match age {
            0..7 => format!("on {}", weekday(day)),
            _ => format!("on {} {}", day.day(), month(day)),
        };
        set(facts, "day", told);
        let names = ["killed", "wounded", "many"];
        names.into_iter().zip(numbers).for_each(|(name, n)| set(facts, name, n.to_string()));
    }

    /// A report that somebody wrote.
    fn report(&self, story: &Story, random: &mut Random) -> Report {
        let last = if random.chance(60) { 1 } else { random.between(2, 21) };
        let late = random.below(last + 1);
        let published = story.start.saturating_add((late as i64).days());
        let mut facts = story.facts.clone();
        // Counts rise with the days, and reports differ.
        let near = |n: usize, random: &mut Random| n + random.below(n / 8 + 2) + late.min(3);
        let numbers = story.numbers.map(|n| if random.chance(60) { n } else { near(n, random) });
        self.tell_numbers(&mut facts, (story.start, published), numbers);
        let words = length(random);
        let kind = &self.kinds[story.kind];
        let mut body = vec![self.lead(kind, &facts, random)];
        let mut count = words_of(&body[0]);
        if random.chance(35) && words > 150 {
            body.push(random.pick(&story.passages).clone());
            count += words_of(&body[1]);
        }
        while count < words {
            let sentences = random.between(1, 4);
            let paragraph = self.paragraph(story, &facts, random, sentences);
            count += words_of(&paragraph);
            body.push(paragraph);
        }
        Report {
            publisher: random.below(self.publishers),
            published,
            headline: upper_first(&self.grammar.fill(random.pick(&kind.headlines), &facts, random)),
            byline: self.grammar.say("someone", &facts, random),
            body,
        }
    }

    fn lead(&self, kind: &Kind, facts: &Facts, random: &mut Random) -> String {
        let lead = self.grammar.fill(random.pick(&kind.leads), facts, random);
        let lead = upper_first(&lead);
        let place = &facts.values[0];
        match random.below(4) {
            0 => format!("{} ({}) - {lead}", place.to_uppercase(), self.grammar.say("agency", facts, random)),
            1 => format!("{place} - {lead}"),
            _ => lead,
        }
    }

    /// So many sentences, some on the happening itself.
    fn paragraph(&self, story: &Story, facts: &Facts, random: &mut Random, sentences: usize) -> String {
        let kind = &self.kinds[story.kind];
        let sentence = |random: &mut Random| match random.chance(20) {
            true => self.grammar.fill(random.pick(&kind.details), facts, random),
            false => self.grammar.say("sentence", facts, random),
        };
        let told: Vec<String> = (0..sentences).map(|_| sentence(random)).collect();
        told.join(" ")
    }

    /// The same report in another paper: as it was, or with a few words changed and its end cut.
    fn copy(&self, original: &Report, random: &mut Random) -> Report {
        let mut copy = original.clone();
        copy.publisher = random.below(self.publishers);
        copy.published = original.published.saturating_add((random.below(2) as i64).days());
        if random.chance(50) {
            return copy;
        }
        if random.chance(50) && copy.body.len() > 3 {
            copy.body.truncate(copy.body.len() - random.between(1, 1 + copy.body.len() / 4));
        }
        for paragraph in &mut copy.body {
            if random.chance(40) {
                let (from, to) = random.pick(&self.swaps);
                *paragraph = paragraph.replacen(&format!(" {from} "), &format!(" {to} "), 1);
            }
        }
        copy
    }
}

fn set(facts: &mut Facts, name: &str, value: String) {
    if let Some(at) = FACTS.iter().position(|fact| *fact == name) {
        facts.values[at] = value;
    }
}

/// How many reports of a story are somebody's own: mostly one, at times a burst.
fn size(random: &mut Random) -> usize {
    match random.below(100) {
        0..60 => 1,
        60..85 => random.between(2, 4),
        85..97 => random.between(5, 15),
        _ => random.between(16, 60),
    }
}

/// How often a report is printed by others.
fn copies(random: &mut Random) -> usize {
    match random.below(20) {
        0..13 => 1,
        13..18 => 2,
        18 => random.between(3, 4),
        _ => random.between(4, 15),
    }
}

fn length(random: &mut Random) -> usize {
    let step = random.below(LENGTHS.len() - 1);
    let (from, to) = (LENGTHS[step], LENGTHS[step + 1]);
    // The last stretch is long: most of it lies at its beginning.
    from + random.below(to - from).min(random.below(to - from))
}

fn words_of(text: &str) -> usize {
    text.split(' ').count()
}

fn upper_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// "12 March 2021".
pub(super) fn spelled(day: Date) -> String {
    format!("{} {} {}", day.day(), month(day), day.year())
}

fn month(day: Date) -> String {
    day.strftime("%B").to_string()
}

fn weekday(day: Date) -> String {
    day.strftime("%A").to_string()
}
