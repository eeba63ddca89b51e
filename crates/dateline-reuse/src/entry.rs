//! One report as reuse reads it: its text, and what may tell which way the text went.

use std::borrow::Cow;

use dateline_model::{Article, Moment};
use dateline_pile::{DossierPile, Head};

/// What is kept of an article while a pile is compared. A whole pile stands in memory, so it is little.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry<'a> {
    /// The article's id.
    pub id: String,
    /// Its text, lent by whoever keeps the pile.
    pub text: Cow<'a, str>,
    /// The outlet, if known.
    pub publisher: Option<String>,
    /// Day or moment of publication, if known.
    pub published: Option<Stamp>,
    /// Agencies and outlets that the page names as its origin.
    pub credits: Vec<String>,
}

/// Day of publication as a number, and the minute where it is known. Ordered by time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stamp {
    /// Days since an arbitrary day.
    pub day: i32,
    /// Minute of the day as printed.
    pub minute: Option<i16>,
}

/// A report while its pile is compared: its text is read when it is asked for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Report<'a> {
    /// Its place in the pile.
    pub(crate) place: u32,
    pub(crate) publisher: Option<&'a str>,
    pub(crate) published: Option<Stamp>,
    pub(crate) credits: &'a [String],
    text: Text<'a>,
}

#[derive(Clone, Copy, Debug)]
enum Text<'a> {
    Lent(&'a str),
    Kept(&'a DossierPile),
}

impl<'a> Report<'a> {
    /// An entry, at a place of its pile.
    pub(crate) fn of_entry((place, entry): (u32, &'a Entry<'_>)) -> Self {
        Self {
            place,
            publisher: entry.publisher.as_deref(),
            published: entry.published,
            credits: &entry.credits,
            text: Text::Lent(&entry.text),
        }
    }

    /// All of a pile, by place.
    pub(crate) fn all_of(pile: &'a DossierPile) -> impl Iterator<Item = Self> {
        let report = move |(place, head): (u32, &'a Head)| Self {
            place,
            publisher: head.publisher.as_deref(),
            published: head.published.map(Stamp::of),
            credits: &head.credits,
            text: Text::Kept(pile),
        };
        (0..).zip(pile.heads()).map(report)
    }

    pub(crate) fn text(&self) -> Cow<'a, str> {
        match self.text {
            Text::Lent(text) => Cow::Borrowed(text),
            Text::Kept(pile) => pile.texts(self.place as usize).text,
        }
    }
}

impl Entry<'static> {
    /// The entry of an article.
    #[must_use]
    pub fn of(article: &Article) -> Self {
        Self {
            id: article.id.clone(),
            text: Cow::Owned(article.text.as_str().to_owned()),
            publisher: article.publisher.as_ref().map(|p| p.value.clone()),
            published: article.published.as_ref().map(|p| Stamp::of(p.value)),
            credits: article.credits.iter().map(|credit| credit.value.clone()).collect(),
        }
    }
}

impl Stamp {
    /// The stamp of a moment.
    #[must_use]
    pub fn of(moment: Moment) -> Self {
        let date = moment.day();
        // Months of 31 days keep the order; distances are off by days at most, which no rule notices.
        let day = i32::from(date.year()) * 366 + i32::from(date.day_of_year());
        let minute = match moment {
            Moment::Day(_) => None,
            Moment::Time { at, .. } => Some(i16::from(at.hour()) * 60 + i16::from(at.minute())),
        };
        Self { day, minute }
    }
}
