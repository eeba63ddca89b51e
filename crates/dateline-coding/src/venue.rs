//! How a meeting was held, where no word says it but those who met and the place do: with more than two
//! countries at the table, or on the ground of neither of two.
//!
//! PLOVER's modes of CONSULT are `visit`, `phone`, `multilateral` and `third-party`; CAMEO's 044 is a meeting "at a
//! third location".

use std::collections::BTreeSet;

use dateline_model::{EventMention, EventType, Nearness, Place};

/// The code that names no form of meeting.
const CONSULT: &str = "040";
/// Meet at a third location.
const AT_A_THIRD: &str = "044";

/// Says how a meeting was held, unless its words have said so. `countries`: of those who took part, ISO 3166.
pub(crate) fn tell_venue(event: &mut EventMention, countries: &BTreeSet<&str>, places: &[Place]) {
    if event.event_type != EventType::Consult || event.mode.is_some() {
        return;
    }
    match countries.len() {
        0 | 1 => {}
        2 => {
            if ground(event, places).is_some_and(|ground| !countries.contains(ground)) {
                event.mode = Some("third-party".into());
                if &*event.cameo == CONSULT {
                    event.cameo = AT_A_THIRD.into();
                }
            }
        }
        _ => event.mode = Some("multilateral".into()),
    }
}

/// The country in which the event's own sentence sets it.
fn ground<'a>(event: &EventMention, places: &'a [Place]) -> Option<&'a str> {
    let found = event.place.filter(|found| found.nearness != Nearness::Context)?;
    places.get(found.index as usize)?.location.as_ref()?.country.as_deref()
}
