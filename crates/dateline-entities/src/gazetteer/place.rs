//! Places that bear a name, before a report tells which of them is meant.

use super::country::Country;
use super::packed::PackedPlace;
use super::table::rows;

/// One of the places that a name may mean.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceCandidate<'a> {
    /// Number in GeoNames, where it is known.
    pub geonames: Option<u32>,
    /// Degrees north.
    pub latitude: f32,
    /// Degrees east.
    pub longitude: f32,
    /// Its country; none for seas and for regions of several countries.
    pub country: Option<&'a Country>,
    /// What it is.
    pub kind: PlaceKind,
    /// A number for the province that it lies in; its own for a province.
    pub province: Option<u32>,
    /// How many people live there, roughly; 0 where it is not known.
    pub population: u32,
    /// Is the name one of its further names, in another language or spelling?
    pub is_further_name: bool,
}

/// What kind of place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlaceKind {
    /// A country.
    Country,
    /// A region without a government of its own, a sea, a river, a range of hills.
    Region,
    /// A province, governorate or state: the first level below the country.
    Province,
    /// A district: the second level.
    District,
    /// A country's capital.
    Capital,
    /// A city, town or village.
    City,
}

impl<'a> PlaceCandidate<'a> {
    /// The country itself.
    pub(super) fn of_country(country: &'a Country) -> Self {
        Self {
            geonames: country.geonames,
            latitude: country.middle.0,
            longitude: country.middle.1,
            country: Some(country),
            kind: PlaceKind::Country,
            province: None,
            population: u32::try_from(country.population).unwrap_or(u32::MAX),
            is_further_name: false,
        }
    }

    pub(super) fn of_packed(place: &PackedPlace, country: Option<&'a Country>) -> Self {
        Self {
            geonames: Some(place.geonames),
            latitude: place.latitude,
            longitude: place.longitude,
            country,
            kind: match place.kind {
                1 => PlaceKind::Province,
                2 => PlaceKind::District,
                3 => PlaceKind::Capital,
                _ => PlaceKind::City,
            },
            province: (place.province != u32::from(u16::MAX)).then_some(place.province),
            population: place.population,
            is_further_name: place.is_further_name,
        }
    }

    /// Kilometres between two places.
    #[must_use]
    pub fn kilometres_to(&self, other: &Self) -> f32 {
        let north = self.latitude - other.latitude;
        let middle = f32::midpoint(self.latitude, other.latitude).to_radians();
        let east = (self.longitude - other.longitude) * middle.cos();
        north.hypot(east) * 111.2
    }
}

/// A region of our own table.
#[derive(Clone, Debug)]
pub(super) struct Region {
    pub(super) names: Vec<String>,
    pub(super) geonames: Option<u32>,
    pub(super) middle: (f32, f32),
    /// Two letters, or nothing.
    pub(super) country: String,
}

/// Reads `regions.tsv`.
pub(super) fn regions(table: &str) -> Vec<Region> {
    let region = |row: Vec<&str>| {
        let &[names, north, east, country, geonames] = row.as_slice() else { return None };
        Some(Region {
            names: names.split('|').map(str::to_owned).collect(),
            geonames: geonames.parse().ok(),
            middle: (north.parse().ok()?, east.parse().ok()?),
            country: country.to_owned(),
        })
    };
    rows(table).filter_map(region).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_in_kilometres() {
        let at = |latitude, longitude| PlaceCandidate {
            geonames: None,
            latitude,
            longitude,
            country: None,
            kind: PlaceKind::City,
            province: None,
            population: 0,
            is_further_name: false,
        };
        let distance = at(36.2, 37.16).kilometres_to(&at(33.51, 36.29));
        assert!((300.0..320.0).contains(&distance), "{distance}");
    }
}
