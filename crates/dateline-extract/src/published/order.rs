//! Is 03/04/2016 the third of April or the fourth of March? The rest of the page knows.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::candidate::Candidate;

/// Which figure of a date comes first where the page is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FigureOrder {
    /// As in most of the world.
    DayFirst,
    /// As in the United States.
    MonthFirst,
}

/// The order that a page's language stands for: the month comes first in American English, and in
/// English that does not say where it is from.
pub(crate) fn order_of_language(language: Option<&str>) -> FigureOrder {
    let language = language.unwrap_or_default().trim().to_ascii_lowercase();
    match language.as_str() {
        "en" | "en-us" | "en_us" | "eng" | "english" | "en-ph" | "es-us" => FigureOrder::MonthFirst,
        _ => FigureOrder::DayFirst,
    }
}

/// Settles every date that two orders make sense of: by a day that the page names elsewhere without
/// doubt, else by the page's order.
pub(crate) fn settle(candidates: &mut [Candidate], order: FigureOrder) {
    let sure = candidates.iter().filter(|c| c.month_first.is_none() && !c.is_month());
    let sure: BTreeSet<Date> = sure.map(Candidate::day).collect();
    for candidate in candidates {
        let Some(other) = candidate.month_first.take() else { continue };
        let swap = match (sure.contains(&candidate.day()), sure.contains(&other.day())) {
            (true, false) => false,
            (false, true) => true,
            _ => order == FigureOrder::MonthFirst,
        };
        if swap {
            candidate.moment = other;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::published::clue::Clue;
    use dateline_model::Basis;

    fn candidate(moment: &str, month_first: Option<&str>) -> Candidate {
        Candidate {
            moment: moment.parse().unwrap(),
            month_first: month_first.map(|m| m.parse().unwrap()),
            clue: Clue::InText,
            basis: Basis::Printed,
            quote: String::new(),
            bytes: None,
        }
    }

    fn check(others: &[&str], order: FigureOrder, expected: &str) {
        let mut all: Vec<_> = others.iter().map(|m| candidate(m, None)).collect();
        all.push(candidate("2016-04-03", Some("2016-03-04")));
        settle(&mut all, order);
        assert_eq!(all.last().unwrap().moment.to_string(), expected);
    }

    #[test]
    fn the_rest_of_the_page_knows() {
        check(&["2016-03-04"], FigureOrder::DayFirst, "2016-03-04");
        check(&["2016-04-03"], FigureOrder::MonthFirst, "2016-04-03");
        check(&[], FigureOrder::MonthFirst, "2016-03-04");
        check(&["2011-01-01"], order_of_language(Some("en-GB")), "2016-04-03");
    }
}
