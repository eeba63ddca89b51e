//! A place name in a text, and the place on the map that it means there.

use serde::{Deserialize, Serialize};

use crate::span::Span;

/// A place name, resolved where the report tells enough.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// The name, in UTF-8 bytes of the text.
    pub span: Span,
    /// The place meant; none where nothing in the report tells which.
    pub location: Option<Location>,
    /// How many places of that name were considered.
    pub candidates: u32,
    /// Why this one, or why none: a sentence's worth, for a reader.
    pub reason: String,
}

/// A place on the map.
#[derive(Clone, Debug, PartialEq)]
pub struct Location {
    /// Number in GeoNames, where it has one there.
    pub geonames: Option<u32>,
    /// Degrees north.
    pub latitude: f32,
    /// Degrees east.
    pub longitude: f32,
    /// ISO 3166 code of the country, three letters; none for seas and regions of several countries.
    pub country: Option<String>,
    /// How large it is.
    pub scale: PlaceScale,
}

/// How large a place is, from small to large.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PlaceScale {
    /// A city, town or village.
    Town,
    /// The second level below a country.
    District,
    /// The first level below a country.
    Province,
    /// A region without a government of its own, a sea, a range of hills.
    Region,
    /// A country.
    Country,
}

/// Kilometres between two points, each in degrees north and east, on a sphere.
#[must_use]
pub fn kilometres(a: (f32, f32), b: (f32, f32)) -> f32 {
    let [lat_a, lon_a, lat_b, lon_b] = [a.0, a.1, b.0, b.1].map(f32::to_radians);
    let half = |x: f32| (x / 2.0).sin().powi(2);
    let chord = half(lat_a - lat_b) + lat_a.cos() * lat_b.cos() * half(lon_a - lon_b);
    2.0 * 6371.0 * chord.sqrt().min(1.0).asin()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_degree_of_latitude_is_111_kilometres() {
        assert!((kilometres((50.0, 10.0), (51.0, 10.0)) - 111.2).abs() < 0.1);
        assert!(kilometres((50.0, 10.0), (50.0, 10.0)) < 0.001);
    }
}
