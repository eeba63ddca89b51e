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
