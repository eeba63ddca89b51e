//! The candidates that a page of HTML gives, in one list.

use std::cmp::Ordering;
use std::ops::Range;

use dateline_model::Basis;

use super::calendar::Calendar;
use super::candidate::{Candidate, readings, told_moment};
use super::clue::{Clue, Clues};
use super::order::{FigureOrder, order_of_language, settle};
use super::place::Surroundings;
use super::script::script_values;
use super::visible::VisibleText;
use super::written::{Style, WrittenDate, written_dates};
use crate::html::{Attribute, Document, NodeId, Tag};
use crate::structured::declared::Declared;
use crate::structured::{Standing, Thing, ThingKind};

/// A page with what its candidates are told by.
pub(crate) struct Gatherer<'p, 'd> {
    pub(crate) calendar: &'p Calendar,
    pub(crate) clues: &'p Clues,
    pub(crate) page: &'p Document<'d>,
    pub(crate) declared: &'p Declared<'d>,
    pub(crate) headline: Option<NodeId>,
    pub(crate) address: Option<&'p str>,
    pub(crate) order: FigureOrder,
    pub(crate) found: Vec<Candidate>,
}

/// No more candidates than this are gathered: such a page is an archive of dates, and no report.
const MOST_CANDIDATES: usize = 2_000;

impl Gatherer<'_, '_> {
    /// All candidates: what the page declares, its address, its marked elements, its print, its scripts.
    pub(crate) fn gather(mut self) -> Vec<Candidate> {
        self.structured();
        self.metas();
        self.addresses();
        let visible = VisibleText::of(self.page);
        let surroundings = Surroundings::new(self.clues, self.page, &visible, self.headline);
        self.elements(&surroundings);
        self.printed(&visible, &surroundings);
        self.scripts();
        settle(&mut self.found, self.order);
        self.found
    }

    // ---- structured data

    fn structured(&mut self) {
        let addresses = self.declared.addresses();
        let addresses: Vec<&str> = addresses.iter().map(|a| &**a).chain(self.address).collect();
        let article = self.declared.graph.article(&addresses);
        for thing in self.declared.graph.things() {
            for (key, clue) in thing_clues(*thing, article) {
                if let Some(told) = self.declared.graph.text(*thing, key) {
                    self.tell(&told.value, told.span, clue, Basis::Metadata);
                }
            }
        }
    }

    fn metas(&mut self) {
        for meta in &self.declared.metas {
            if let Some(clue) = self.clues.named(&meta.name) {
                self.tell_attribute(meta.content, clue);
            }
        }
    }

    // ---- addresses

    fn addresses(&mut self) {
        let day_or_month = (Clue::AddressDay, Clue::AddressMonth);
        if let Some(address) = self.address {
            self.found.extend(Candidate::of_address(self.calendar, address, day_or_month, None));
        }
        let social = self.declared.metas("og:url").map(|meta| meta.content);
        for attribute in self.declared.canonical.into_iter().chain(social).collect::<Vec<_>>() {
            self.tell_address(attribute, day_or_month);
        }
        let pictures = ["og:image", "twitter:image"].iter().flat_map(|name| self.declared.metas(name));
        for meta in pictures.take(3).collect::<Vec<_>>() {
            self.tell_address(meta.content, (Clue::ImageDay, Clue::ImageMonth));
        }
    }

    fn tell_address(&mut self, attribute: Attribute<'_>, clues: (Clue, Clue)) {
        let bytes = self.page.source().bytes_of(attribute.span.value.range());
        self.found.extend(Candidate::of_address(self.calendar, &attribute.value(), clues, bytes));
    }

    // ---- marked elements

    fn elements(&mut self, surroundings: &Surroundings<'_, '_>) {
        for (node, _) in self.page.nodes() {
            match self.page.tag(node) {
                None | Some(Tag::Meta | Tag::Script) => {}
                Some(Tag::Time) => self.time(node, surroundings),
                Some(_) => self.element(node, surroundings),
            }
        }
    }

    fn time(&mut self, node: NodeId, surroundings: &Surroundings<'_, '_>) {
        let marked = self.named_clue(node).map(|clue| surroundings.marked(node, clue));
        let clue = marked.unwrap_or_else(|| surroundings.time(node));
        match self.page.attribute(node, "datetime").or_else(|| self.page.attribute(node, "content")) {
            Some(value) => self.tell_attribute(value, clue),
            None => self.tell_text(node, clue),
        }
    }

    fn element(&mut self, node: NodeId, surroundings: &Surroundings<'_, '_>) {
        for attribute in self.page.attributes(node) {
            let name = attribute.name();
            if names_content(name) {
                if let Some(clue) = self.named_clue(node) {
                    self.marked(node, surroundings.marked(node, clue));
                }
            } else if holds_moment(name) && is_all_date(self.calendar, attribute.raw()) {
                self.tell_attribute(attribute, surroundings.marked(node, Clue::DataAttribute));
            }
        }
    }

    fn marked(&mut self, node: NodeId, clue: Clue) {
        let value = ["content", "datetime", "title"].iter().find_map(|name| self.page.attribute(node, name));
        match value.filter(|v| told_moment(self.calendar, &v.value()).is_some()) {
            Some(value) => self.tell_attribute(value, clue),
            None => self.tell_text(node, clue),
        }
    }

    fn named_clue(&self, node: NodeId) -> Option<Clue> {
        let names = ["itemprop", "property"].iter().filter_map(|name| self.page.attribute(node, name));
        let mut clues = names.flat_map(|names| {
            let names = names.value();
            names.split_whitespace().filter_map(|n| self.clues.named(&n.to_lowercase())).collect::<Vec<_>>()
        });
        match clues.next()? {
            Clue::MetaPublished | Clue::MetaCreated => Some(Clue::ItemPublished),
            Clue::MetaModified => Some(Clue::ItemModified),
            other => Some(other),
        }
    }

    // ---- print

    fn printed(&mut self, visible: &VisibleText, surroundings: &Surroundings<'_, '_>) {
        let mut previous = 0;
        let dates = written_dates(self.calendar, visible.as_str());
        self.order = order_of_page(&dates, self.declared.language);
        for date in dates {
            if self.found.len() >= MOST_CANDIDATES {
                break;
            }
            if let Some(clue) = surroundings.printed(&date.span, previous) {
                let place = visible.source(&date.span);
                let quote = visible.as_str()[date.span.clone()].to_owned();
                self.add(&date, place, quote, clue);
            }
            previous = date.span.end;
        }
    }

    // ---- scripts

    fn scripts(&mut self) {
        let text = self.page.source().as_str();
        for script in &self.declared.scripts {
            for (value, clue) in script_values(self.clues, text, script.clone()) {
                self.tell(&text[value.clone()], value, clue, Basis::Metadata);
            }
        }
    }

    // ---- adding

    fn tell(&mut self, value: &str, place: Range<usize>, clue: Clue, basis: Basis) {
        if self.found.len() >= MOST_CANDIDATES {
            return;
        }
        if let Some((moment, month_first)) = told_moment(self.calendar, value) {
            let bytes = self.page.source().bytes_of(place);
            self.found.push(Candidate { moment, month_first, clue, basis, quote: value.to_owned(), bytes });
        }
    }

    fn tell_attribute(&mut self, attribute: Attribute<'_>, clue: Clue) {
        self.tell(&attribute.value(), attribute.span.value.range(), clue, Basis::Metadata);
    }

    fn tell_text(&mut self, node: NodeId, clue: Clue) {
        let text = self.page.text_of(node);
        let Some(date) = written_dates(self.calendar, text.as_str()).into_iter().next() else { return };
        let (moment, month_first) = readings(&date);
        let quote = text.as_str()[date.span.clone()].to_owned();
        let bytes = text.bytes_of(date.span.clone());
        self.found.push(Candidate { moment, month_first, clue, basis: Basis::Printed, quote, bytes });
    }

    fn add(&mut self, date: &WrittenDate, place: Range<usize>, quote: String, clue: Clue) {
        let (moment, month_first) = readings(date);
        let bytes = self.page.source().bytes_of(place);
        self.found.push(Candidate { moment, month_first, clue, basis: Basis::Printed, quote, bytes });
    }
}

/// Dates that can be read in one way only show the page's order; failing those, its language does.
fn order_of_page(dates: &[WrittenDate], language: Option<Attribute<'_>>) -> FigureOrder {
    let written = |style: Style| dates.iter().filter(|d| d.style == style).count();
    match written(Style::MonthFirst).cmp(&written(Style::DayFirst)) {
        Ordering::Less => FigureOrder::DayFirst,
        Ordering::Equal => order_of_language(language.map(|l| l.value()).as_deref()),
        Ordering::Greater => FigureOrder::MonthFirst,
    }
}

/// Which keys of a described thing tell what.
fn thing_clues(thing: Thing, article: Option<Thing>) -> Vec<(&'static str, Clue)> {
    match (thing.kind, thing.standing) {
        _ if Some(thing) == article && thing.kind == ThingKind::Article => vec![
            ("datePublished", Clue::ArticlePublished),
            ("dateCreated", Clue::ArticleCreated),
            ("dateModified", Clue::ArticleModified),
        ],
        (ThingKind::Article | ThingKind::Other, _) | (_, Standing::Foreign) => {
            vec![("datePublished", Clue::ForeignPublished), ("uploadDate", Clue::MediaUploaded)]
        }
        (ThingKind::Page, Standing::Own) => {
            vec![("datePublished", Clue::PagePublished), ("dateModified", Clue::PageModified)]
        }
        (ThingKind::Media, Standing::Own) => {
            vec![("uploadDate", Clue::MediaUploaded), ("datePublished", Clue::MediaUploaded)]
        }
    }
}

/// Has the value nothing to say but a date?
fn is_all_date(calendar: &Calendar, value: &str) -> bool {
    let digits = value.len() < 64 && value.bytes().any(|b| b.is_ascii_digit());
    let written = || written_dates(calendar, value).first().map_or(value.len(), |date| date.span.len());
    digits && value.len() <= written() + 16
}

/// Attributes that scripts read moments from.
fn holds_moment(name: &str) -> bool {
    match name.as_bytes() {
        [b'd' | b'D', _, _, _, b'-', ..] => {
            let name = name.to_ascii_lowercase();
            name.starts_with("data-") && ["date", "time", "publish"].iter().any(|part| name.contains(part))
        }
        [b't' | b'T', ..] => name.eq_ignore_ascii_case("title"),
        _ => false,
    }
}

/// Attributes that name what an element holds.
fn names_content(name: &str) -> bool {
    // Two lengths rule out nearly every attribute before letters are compared.
    match name.len() {
        8 => name.eq_ignore_ascii_case("itemprop") || name.eq_ignore_ascii_case("property"),
        _ => false,
    }
}
