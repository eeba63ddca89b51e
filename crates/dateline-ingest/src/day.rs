//! Moments as feeds write them: ISO 8601, or the form of mail, `Wed, 19 Oct 2016 12:30:00 +0200`.

use dateline_model::Moment;
use jiff::fmt::rfc2822::DateTimeParser;

/// Reads a moment, as precise as it is written: a day without a time stays a day.
pub(crate) fn moment(written: &str) -> Option<Moment> {
    written.parse().ok().or_else(|| of_mail(written))
}

fn of_mail(written: &str) -> Option<Moment> {
    let after_weekday = written.split_once(',').map_or(written, |(_, rest)| rest);
    let mut words: Vec<&str> = after_weekday.split_whitespace().collect();
    // Long names of months are shortened: the form knows three letters.
    if let Some(month) = words.get_mut(1) {
        *month = month.get(..3).unwrap_or(month);
    }
    match words.len() {
        3 => Some(Moment::Day(parse(&words, &["00:00", "GMT"])?.day())),
        4 => match parse(&words, &["GMT"])? {
            Moment::Time { at, .. } => Some(Moment::Time { at, offset: None }),
            day => Some(day),
        },
        5 => parse(&words, &[]),
        _ => None,
    }
}

fn parse(words: &[&str], more: &[&str]) -> Option<Moment> {
    static PARSER: DateTimeParser = DateTimeParser::new().relaxed_weekday(true);
    let zoned = PARSER.parse_zoned([words, more].concat().join(" ")).ok()?;
    let offset = i16::try_from(zoned.offset().seconds() / 60).ok();
    Some(Moment::Time { at: zoned.datetime(), offset })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_keep_their_precision_and_zone() {
        let cases = [
            ("Wed, 19 Oct 2016 12:30:00 +0330", Some("2016-10-19T12:30+03:30")),
            ("19 Oct 2016 12:30 GMT", Some("2016-10-19T12:30Z")),
            ("Thursday, 9 September 2016 01:02:03 EST", Some("2016-09-09T01:02:03-05:00")),
            ("mer., 19 Oct 2016 12:30:00", Some("2016-10-19T12:30")),
            ("Wed, 19 Oct 2016", Some("2016-10-19")),
            ("2016-10-19T12:30:00Z", Some("2016-10-19T12:30Z")),
            ("2016-10-19", Some("2016-10-19")),
            ("yesterday", None),
            ("Wed, 39 Oct 2016 12:30:00 GMT", None),
            ("", None),
            ("é, é é é", None),
        ];
        for (written, expected) in cases {
            assert_eq!(moment(written).map(|m| m.to_string()).as_deref(), expected, "{written}");
        }
    }
}
