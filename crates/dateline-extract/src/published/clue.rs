//! What a date's place in the page says: each kind of place is a clue, with its weight and reason.
//!
//! The weights stand in `data/extract/dates.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::terms::Terms;

/// The kinds of places where a page tells a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Clue {
    /// `datePublished` of the report that the structured data describe as the page's own.
    ArticlePublished,
    /// `dateCreated` of the same.
    ArticleCreated,
    /// `dateModified` of the same.
    ArticleModified,
    /// `datePublished` of the page around the report.
    PagePublished,
    /// `dateModified` of the page around the report.
    PageModified,
    /// `uploadDate` and the like of a film or sound.
    MediaUploaded,
    /// A date of something else that the structured data describe.
    ForeignPublished,
    /// A meta element for the date of publication.
    MetaPublished,
    /// A meta element for the date of creation.
    MetaCreated,
    /// A meta element for a date, without saying of what.
    MetaDate,
    /// A meta element for the date of the last change.
    MetaModified,
    /// An element marked as the date of publication (`itemprop`, `property`).
    ItemPublished,
    /// An element marked as the date of the last change.
    ItemModified,
    /// A day in the page's address.
    AddressDay,
    /// A month in the page's address.
    AddressMonth,
    /// A day in the address of the page's main picture.
    ImageDay,
    /// A month in the address of the page's main picture.
    ImageMonth,
    /// `<time pubdate>`.
    TimePublished,
    /// `<time>` close to the headline.
    TimeNearHeadline,
    /// `<time>` elsewhere.
    TimeElsewhere,
    /// A word before the date says that it is the day of publication.
    PrintedAsPublished,
    /// A word before the date says that it is the day of the last change.
    PrintedAsModified,
    /// Close to the headline, in an element named for dates.
    MarkedNearHeadline,
    /// Elsewhere, in an element named for dates.
    MarkedElsewhere,
    /// Close to the headline.
    NearHeadline,
    /// Alone on its line.
    AloneOnLine,
    /// In running text.
    InText,
    /// In a comment.
    InComment,
    /// In a list of other reports, a side bar, a footer.
    InRelated,
    /// In the text of a link.
    InLink,
    /// A value for the date of publication in a script.
    ScriptPublished,
    /// A value for another date in a script.
    ScriptOther,
    /// An attribute that holds a moment for scripts.
    DataAttribute,
    /// In the page's title.
    InTitle,
    /// In the dateline at the head of the report.
    InDateline,
    /// At the top of a flattened page, away from its headline.
    InMasthead,
    /// In the words under a picture.
    InCaption,
    /// Near the head of a flattened report, with a word that says it is the day of publication.
    LineAsPublished,
    /// On a line of a flattened page, with a word that says it is the day of the last change.
    LineAsModified,
    /// The same, near the head of a flattened report.
    LineAsModifiedNearHeadline,
    /// On the line of the byline or on the one after it.
    LineOfByline,
    /// On a line between headline and text.
    LineNearHeadline,
    /// On a line just above the headline.
    LineBeforeHeadline,
    /// On a line after the text.
    LineAfterText,
    /// On another line.
    LineElsewhere,
    /// The earliest of the days that speak for publication.
    Earliest,
    /// Later than the day of the last change.
    AfterChange,
}

impl Clue {
    /// Does it speak for publication, rather than for some date of the page?
    pub(crate) fn speaks(self) -> bool {
        !matches!(
            self,
            Self::ArticleModified
                | Self::PageModified
                | Self::MediaUploaded
                | Self::ForeignPublished
                | Self::MetaModified
                | Self::ItemModified
                | Self::ImageDay
                | Self::TimeElsewhere
                | Self::PrintedAsModified
                | Self::AloneOnLine
                | Self::InText
                | Self::InComment
                | Self::InRelated
                | Self::InLink
                | Self::ScriptOther
                | Self::DataAttribute
                | Self::InMasthead
                | Self::InCaption
                | Self::LineAsModified
                | Self::LineAfterText
                | Self::LineElsewhere
        )
    }
}

/// A clue's weight and the words for it.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Weight {
    /// What the first day with this clue gains.
    pub(crate) first: i32,
    /// What every later day with this clue gains.
    pub(crate) later: i32,
    /// Why, in a few words; shown beside the candidate.
    pub(crate) reason: String,
}

/// Everything in `data/extract/dates.toml`.
#[derive(Debug, Deserialize)]
pub(crate) struct Clues {
    /// No day that weighs less is given.
    pub(crate) least: i32,
    /// The same for a flattened page.
    pub(crate) least_of_lines: i32,
    weights: BTreeMap<Clue, Weight>,
    /// Names of meta elements and the like, in lower case.
    names: BTreeMap<String, Clue>,
    /// Keys in scripts.
    pub(crate) script_keys: BTreeMap<String, Clue>,
    /// Words before a date.
    pub(crate) labels: Labels,
    /// Parts of class names and ids.
    pub(crate) marks: Marks,
}

/// Words before a date, in lower case.
#[derive(Debug, Deserialize)]
pub(crate) struct Labels {
    /// They say that the date is that of publication.
    pub(crate) published: Terms,
    /// They say that it is that of the last change.
    pub(crate) modified: Terms,
    /// They lead an author's name.
    pub(crate) byline: Terms,
    /// They say that it is something else: a copyright year, an event, a birthday.
    pub(crate) other: Terms,
}

/// Parts of class names and ids, in lower case.
#[derive(Debug, Deserialize)]
pub(crate) struct Marks {
    /// An element for the date of publication.
    pub(crate) published: Terms,
    /// An element for the date of the last change.
    pub(crate) modified: Terms,
    /// Readers' comments.
    pub(crate) comment: Terms,
    /// Other reports, side bars, menus.
    pub(crate) related: Terms,
    /// The foot of the page or of an article.
    pub(crate) foot: Terms,
    /// Names with these parts say nothing, whatever else is in them.
    pub(crate) harmless: Terms,
}

impl Clues {
    /// Reads the data file that is compiled in.
    pub(crate) fn new() -> Self {
        toml::from_str(include_str!("../../../../data/extract/dates.toml"))
            .expect("dates.toml is checked by a test")
    }

    /// The clue that a meta element's name gives.
    pub(crate) fn named(&self, name: &str) -> Option<Clue> {
        self.names.get(name).copied()
    }

    /// The weight of a clue.
    pub(crate) fn weight(&self, clue: Clue) -> &Weight {
        static NONE: Weight = Weight { first: 0, later: 0, reason: String::new() };
        self.weights.get(&clue).unwrap_or(&NONE)
    }
}
