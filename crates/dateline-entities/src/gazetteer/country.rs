//! Countries: their codes, and what English calls them, their people and what is theirs.

use super::fold::fold;
use super::is_acronym;
use super::table::rows;

/// A country, or a territory with a code of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Country {
    /// ISO 3166, two letters: `SY`.
    pub alpha2: String,
    /// ISO 3166, three letters: `SYR`.
    pub alpha3: String,
    /// CAMEO's and PLOVER's three letters; ISO's nearly everywhere.
    pub cameo: String,
    /// Number in the Correlates of War list of states.
    pub cow: Option<u16>,
    /// Wikidata's id.
    pub wikidata: Option<String>,
    /// GeoNames' number.
    pub geonames: Option<u32>,
    /// Its usual English name.
    pub name: String,
    /// Its capital.
    pub capital: Option<String>,
    /// Degrees north and east of its middle, weighed by where its people live.
    pub middle: (f32, f32),
    /// How many people live there.
    pub population: u64,
    /// Its neighbours, two letters each.
    pub neighbours: Vec<String>,
}

/// How a word speaks of a country.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CountryForm {
    /// "Syria", "the UK".
    Name,
    /// "Syrian", "British".
    Adjective,
    /// One person: "a Briton". What is also an adjective ("a Syrian") is [`CountryForm::Adjective`].
    Person,
    /// Several: "Syrians", "Britons".
    People,
}

/// All countries, by every name.
#[derive(Debug)]
pub(super) struct Countries {
    all: Vec<Country>,
    #[expect(clippy::disallowed_types, reason = "looked up only, never walked: a look-up for every name")]
    by_name: std::collections::HashMap<String, Vec<Entry>>,
    #[expect(
        clippy::disallowed_types,
        reason = "looked up only, never walked: a look-up for every place of a name"
    )]
    by_code: std::collections::HashMap<String, u16>,
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    country: u16,
    form: CountryForm,
    letters: Letters,
}

/// Must the letters of a name be capitals?
#[derive(Clone, Copy, Debug, PartialEq)]
enum Letters {
    Capitals,
    Any,
}

impl Countries {
    pub(super) fn read(countries: &str, demonyms: &str) -> Self {
        let mut read = Self { all: Vec::new(), by_name: Default::default(), by_code: Default::default() };
        rows(countries).for_each(|row| read.add_country(&row));
        rows(demonyms).for_each(|row| read.add_words(&row));
        read
    }

    /// The country that `name` names, in whatever form.
    pub(super) fn find(&self, name: &str) -> Option<(&Country, CountryForm)> {
        if !name.chars().any(char::is_uppercase) {
            return None;
        }
        let entries = self.by_name.get(&fold(name))?;
        let fits = |entry: &&Entry| entry.letters == Letters::Any || is_acronym(name);
        let entry = entries.iter().find(fits)?;
        Some((self.all.get(usize::from(entry.country))?, entry.form))
    }

    pub(super) fn by_code(&self, code: &str) -> Option<&Country> {
        self.all.get(usize::from(*self.by_code.get(code)?))
    }

    fn add_country(&mut self, row: &[&str]) {
        let &[alpha2, alpha3, geonames, wikidata, name, names, capital, middle, population, neighbours] = row
        else {
            return;
        };
        let (north, east) = middle.split_once(',').unwrap_or_default();
        self.all.push(Country {
            alpha2: alpha2.to_owned(),
            alpha3: alpha3.to_owned(),
            cameo: alpha3.to_owned(),
            cow: None,
            wikidata: some(wikidata),
            geonames: geonames.parse().ok(),
            name: name.to_owned(),
            capital: some(capital),
            middle: (north.parse().unwrap_or_default(), east.parse().unwrap_or_default()),
            population: population.parse().unwrap_or_default(),
            neighbours: split(neighbours).map(str::to_owned).collect(),
        });
        let index = u16::try_from(self.all.len() - 1).unwrap_or(u16::MAX);
        self.by_code.insert(alpha2.to_owned(), index);
        self.by_code.insert(alpha3.to_owned(), index);
        self.add(index, name, CountryForm::Name);
        split(names).for_each(|name| self.add(index, name, CountryForm::Name));
    }

    fn add_words(&mut self, row: &[&str]) {
        let &[alpha3, cameo, cow, adjectives, nouns, names] = row else { return };
        let Some(&index) = self.by_code.get(alpha3) else { return };
        if let Some(country) = self.all.get_mut(usize::from(index)) {
            country.cow = cow.parse().ok();
            if !cameo.is_empty() {
                cameo.clone_into(&mut country.cameo);
                self.by_code.insert(cameo.to_owned(), index);
            }
        }
        split(names).for_each(|name| self.add(index, name, CountryForm::Name));
        for adjective in split(adjectives) {
            self.add(index, adjective, CountryForm::Adjective);
            if nouns.is_empty() {
                self.add(index, &format!("{adjective}s"), CountryForm::People);
            }
        }
        for (one, several) in split(nouns).filter_map(|noun| noun.split_once('/')) {
            self.add(index, one, CountryForm::Person);
            self.add(index, several, CountryForm::People);
        }
    }

    /// The first word of a country for a name stays; "Guinea" is no other country's.
    fn add(&mut self, country: u16, name: &str, form: CountryForm) {
        let letters = if is_acronym(name) { Letters::Capitals } else { Letters::Any };
        let entries = self.by_name.entry(fold(name)).or_default();
        let known = |entry: &Entry| entry.letters == letters;
        if !entries.iter().any(known) {
            entries.push(Entry { country, form, letters });
        }
    }
}

fn some(cell: &str) -> Option<String> {
    (!cell.is_empty()).then(|| cell.to_owned())
}

fn split(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('|').filter(|part| !part.is_empty())
}
