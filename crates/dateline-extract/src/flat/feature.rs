//! What holds of each line of a page, by names that a person understands.
//!
//! The features are small judgements on form ("ends like a sentence"), on cues ("cue-share"), on
//! the page ("repeated-in-page") and on the neighbourhood ("in-the-main-run"). The weights that
//! turn them into a decision stand in `data/extract/flat-weights.toml`.

use std::ops::Range;

use dateline_model::SetAsideReason;

use super::cue::{Cues, Lexicon, Place, REASONS};
use super::fold::{Folded, Repeats, fold, retain};
use super::headline::{Above, Headlines, headlines, is_part, letters, title_lines};
use super::kinds::Kinds;
use super::line::{Layout, Line, ends_a_sentence, is_stop, last_mark, layout, lines};
use super::paragraph::is_broken;
use super::reading::Known;
use super::run::{main_run, run_below_title};
use super::shape::{Marks, Shape, shape};
use super::vocabulary::Vocabulary;
use super::wrap::unwrapped;
use crate::chain::Items;

macro_rules! features {
    ($($feature:ident $name:literal),* $(,)?) => {
        /// One thing that may hold of a line.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u16)]
        enum Feature { $($feature),* }

        /// The names of the features, by id.
        pub const FEATURES: &[&str] = &[$($name),*];
    };
}

features! {
    Always "always",
    Words1 "words-1", Words2 "words-2", Words3 "words-3", Words4 "words-4-to-5", Words6 "words-6-to-9",
    Words10 "words-10-to-14", Words15 "words-15-to-24", Words25 "words-25-to-49", Words50 "words-50-or-more",
    EndsSentence "ends-like-a-sentence", EndsColon "ends-with-a-colon", EndsComma "ends-with-a-comma",
    EndsEllipsis "ends-with-an-ellipsis", EndsQuestion "ends-with-a-question", EndsExclaiming "ends-exclaiming", EndsBare "ends-bare",
    EndsQuote "ends-with-a-quotation-mark",
    StartsSmall "starts-small", StartsDigit "starts-with-a-digit", StartsQuote "starts-with-a-quotation-mark",
    StartsBullet "starts-with-a-bullet", StartsSymbol "starts-with-a-symbol",
    Breaks1 "one-sentence-break", Breaks2 "more-sentence-breaks",
    Commas1 "one-comma", Commas2 "more-commas", Quotes "has-quotation-marks",
    FunctionNone "function-words-none", FunctionFew "function-words-few", FunctionSome "function-words-some", FunctionMany "function-words-many",
    Reader "speaks-to-the-reader",
    Capitals "mostly-capitalised", CapitalsSome "half-capitalised", SmallMostly "mostly-small", Shouted "all-capitals",
    Digits "many-digits", Year "has-a-year", Bars "has-bars", Humps "words-run-together", ManyHumps "many-words-run-together",
    Url "has-an-address", At "has-an-at-sign", Money "has-a-price", Handle "is-a-handle",
    ShortSentence "short-sentence", LongBare "long-and-bare", MidBare "middling-and-bare", LongTitleCase "long-and-capitalised", Question "short-question",
    BlankBefore "blank-line-before", NoBlankBefore "no-blank-line-before", BlanksBefore "blank-lines-before",
    LongDash "has-a-dash", Bracketed "in-brackets",
    Repeated "repeated-in-page", RepeatedLong "long-and-repeated", FirstLine "first-line", IsTitle "repeats-the-title",
    BeforeTitle "before-the-title", Since1 "first-lines-after-the-title", Since5 "soon-after-the-title", Since15 "after-the-title", NoTitle "no-title-repeated",
    InRun "in-the-main-run", RunFirst "first-of-the-main-run", RunLast "last-of-the-main-run",
    Before1 "just-before-the-main-run", Before3 "soon-before-the-main-run", Before10 "far-before-the-main-run",
    After1 "just-after-the-main-run", After3 "soon-after-the-main-run", After10 "far-after-the-main-run",
    InRunShort "short-in-the-main-run", InRunLong "long-in-the-main-run", OutRunSentence "sentence-outside-the-main-run", InRunCue "cue-in-the-main-run",
    Near0 "no-text-near", Near1 "little-text-near", Near2 "some-text-near", Near3 "much-text-near",
    Wide0 "no-text-around", Wide1 "little-text-around", Wide2 "some-text-around", Wide3 "much-text-around",
    Above0 "no-text-above", Below0 "no-text-below", Above2 "text-above", Below2 "text-below",
    UnderHead "under-a-heading-of-clutter", UnderHeadFar "below-a-heading-of-clutter", UnderComment "below-the-comments-heading", UnderFooter "below-a-footer-line", UnderRelated "under-a-heading-of-teasers",
    AfterReadMore "after-a-cue", BetweenCues "between-cues",
    CueResidue "cue-residue", CueAdvertisement "cue-advertisement", CueFooter "cue-footer", CueComment "cue-comment",
    CueNewsletter "cue-newsletter", CueShare "cue-share", CueDate "cue-date", CueByline "cue-byline",
    CueNote "cue-editorial-note", CueCaption "cue-caption", CueRelated "cue-related", CueNavigation "cue-navigation",
    HintResidue "hint-residue", HintAdvertisement "hint-advertisement", HintFooter "hint-footer", HintComment "hint-comment",
    HintNewsletter "hint-newsletter", HintShare "hint-share", HintDate "hint-date", HintByline "hint-byline",
    HintNote "hint-editorial-note", HintCaption "hint-caption", HintRelated "hint-related", HintNavigation "hint-navigation",
    CueLong "cue-in-a-long-line", CueNone "no-cue",
    GoesOn "goes-on-in-the-next-line", Continues "continues-the-line-above", Slash "has-a-slash", Numbered "starts-with-a-number-and-a-name",
    BetweenProse "short-between-paragraphs", AfterProse "short-after-a-paragraph", BeforeProse "short-before-a-paragraph", LongBetween "long-between-paragraphs",
    UnderColon "in-a-list-after-a-colon", UnderTitle "right-under-the-title", DeckLike "sentence-like-under-the-title",
    ListLike "in-a-list-of-short-lines", LikeAbove "same-form-as-above", SingleLines "page-of-single-lines",
}

/// The labels that the lines are told apart by.
pub const LABELS: &[&str] = &["body", "other"];

/// A page read line by line, with all that its features are made from.
#[derive(Clone, Debug)]
pub struct Survey {
    /// The lines that are not blank.
    pub lines: Vec<Line>,
    /// The same, folded.
    pub folded: Folded,
    /// How blocks are parted.
    pub layout: Layout,
    /// Counts by line.
    pub shapes: Vec<Shape>,
    /// Cues by line.
    pub cues: Vec<Cues>,
    /// Where the headline stands and is repeated.
    pub titles: Headlines,
    /// Does the line stand in the page more than once? By line.
    pub repeated: Vec<bool>,
    /// The lines among which most of the running text stands.
    pub run: Range<usize>,
    /// Lines that are surely no part of the report, and stand between its paragraphs.
    pub furniture: Vec<(Line, SetAsideReason)>,
    /// How much of running text each line is.
    pub prose: Vec<i64>,
    /// Where a sentence goes on from one line to the next.
    pub broken: Vec<Broken>,
    /// In how many pages of the publisher each line stands, where that was counted.
    pub recurring: Vec<u32>,
    /// What kind of character stands where in its text.
    pub kinds: Kinds,
}

impl Survey {
    /// Does the line read like running text?
    #[must_use]
    pub fn is_prose(&self, index: usize) -> bool {
        self.prose.get(index).is_some_and(|p| *p >= PROSE)
    }
}

/// A line of at least this worth reads like running text.
const PROSE: i64 = 6;

/// Reads a page.
#[must_use]
pub fn survey(text: &str, known: Known<'_>) -> Survey {
    let kinds = Kinds::of(text);
    let mut lines = unwrapped(text, lines(text));
    let mut folded = Folded::new(text, &kinds, &lines);
    let mut cues = Lexicon::built_in().cues(&folded);
    let title = lines.first().map_or("", |line| line.of(text)).to_owned();
    let mut recurring = known.recurring.map_or_else(Vec::new, |table| table.pages_of(known, &title, &folded));
    spare_own_teaser(&mut recurring, &folded);
    let repeats = Repeats::of(&folded);
    let Furniture { keep, taken } = Furniture::of(&lines, &folded, &repeats, &cues, &recurring);
    retain(&mut lines, &keep);
    retain(&mut cues, &keep);
    retain(&mut recurring, &keep);
    folded = folded.only(&keep);
    let vocabulary = Vocabulary::built_in();
    let mut shapes: Vec<Shape> =
        lines.iter().map(|line| shape(text, &line.range, &kinds, vocabulary)).collect();
    know_small_words(&mut shapes);
    let broken = broken_lines(text, &lines, &shapes);
    let prose: Vec<i64> =
        (0..lines.len()).map(|i| prose(lines[i].of(text), &shapes[i], cues[i], broken[i])).collect();
    let run = run_below_title(&prose, &title_lines(&folded, &shapes)).unwrap_or_else(|| main_run(&prose));
    let counts = repeats.counts(|line| keep[line]);
    let repeated: Vec<bool> = counts.into_iter().filter(|n| *n > 0).map(|n| n > 1).collect();
    let supplied = known.headline.map(fold);
    let titles = headlines(&Above {
        text,
        lines: &lines,
        folded: &folded,
        shapes: &shapes,
        cues: &cues,
        run: &run,
        repeated: &repeated,
        supplied: supplied.as_deref(),
    });
    Survey {
        layout: layout(&lines),
        lines,
        folded,
        shapes,
        cues,
        titles,
        repeated,
        run,
        prose,
        broken,
        furniture: taken,
        recurring,
        kinds,
    }
}

/// A report whose headline stands in other pages is teased there, often with its first sentence: that
/// one is its own.
fn spare_own_teaser(recurring: &mut [u32], folded: &Folded) {
    let title = letters(folded.line(0));
    let is_headline = |line: &usize| recurring[*line] > 1 && is_part(folded.line(*line), &title);
    let Some(headline) = (1..recurring.len()).find(is_headline) else { return };
    let is_sentence = |line: &usize| {
        let words = folded.line(*line);
        ends_a_sentence(words) && words.split(' ').nth(SENTENCE).is_some()
    };
    let below = (headline + 1..recurring.len()).filter(is_sentence).take(TEASED);
    below.for_each(|line| recurring[line] = 0);
}

/// A line of more words that ends like one is a sentence.
const SENTENCE: usize = 7;
/// A teaser holds no more of its report than this, in lines.
const TEASED: usize = 2;

/// What is repeated between paragraphs all over a page or over a site, and plain words of advertisement and
/// sharing: what stands on both sides of them belongs together.
struct Furniture {
    /// Of each line, whether it stays.
    keep: Vec<bool>,
    /// The others.
    taken: Vec<(Line, SetAsideReason)>,
}

impl Furniture {
    fn of(lines: &[Line], folded: &Folded, repeats: &Repeats, cues: &[Cues], recurring: &[u32]) -> Self {
        let title = letters(folded.line(0));
        let counts = repeats.counts(|_| true);
        let often = |i: usize| {
            let line = folded.line(i);
            counts[i] >= OFTEN
                && line.split(' ').count() <= 6
                && !ends_a_sentence(line)
                && !title.contains(&letters(line))
        };
        let plain = |i: usize| [ADVERTISEMENT, SHARE].iter().any(|&r| cues[i].has(r, Place::Whole));
        let of_site = |i: usize| recurring.get(i).is_some_and(|pages| *pages >= SURE_PAGES);
        let keep: Vec<bool> =
            (0..lines.len()).map(|i| i == 0 || !often(i) && !plain(i) && !of_site(i)).collect();
        let reason = |i: usize| {
            let unsaid = if of_site(i) { SetAsideReason::Clutter } else { SetAsideReason::Navigation };
            cues[i].reason().unwrap_or(unsaid)
        };
        let taken = (0..lines.len()).filter(|&i| !keep[i]).map(|i| (lines[i].clone(), reason(i))).collect();
        Self { keep, taken }
    }
}

/// A line that stands in so many reports of a site is the site's own: two may share a sentence of
/// background, or one be teased beside the other.
const SURE_PAGES: u32 = 3;
/// A short line that stands in the page as often as this is furniture.
const OFTEN: usize = 3;
const ADVERTISEMENT: usize = 1;
const SHARE: usize = 5;

/// Of a language whose small words are not known, a part of the uncapitalised words stands for them.
fn know_small_words(shapes: &mut [Shape]) {
    let long = |s: &&Shape| s.words >= 10 && s.capitals * 3 < s.lettered;
    let (words, small) = shapes.iter().filter(long).fold((0, 0), |n, s| (n.0 + s.words, n.1 + s.function));
    if words >= 60 && small * 6 < words {
        shapes.iter_mut().for_each(|s| s.function = (s.lettered - s.capitals.min(s.lettered)) / 3);
    }
}

/// Where a line stands in a sentence that was broken over lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Broken {
    /// It continues the line above.
    pub continues: bool,
    /// It goes on in the line below.
    pub goes_on: bool,
}

/// Finds sentences broken over lines: a line stops without a mark, the next begins small.
fn broken_lines(text: &str, lines: &[Line], shapes: &[Shape]) -> Vec<Broken> {
    let mut broken = vec![Broken::default(); lines.len()];
    for index in 1..lines.len() {
        let (above, here) = (lines[index - 1].of(text), lines[index].of(text));
        if lines[index].blanks == 0 && is_broken(above, &shapes[index - 1], here) {
            broken[index - 1].goes_on = true;
            broken[index].continues = true;
        }
    }
    broken
}

/// How much of running text a line is: its words where it reads like prose, less than nothing where not.
fn prose(line: &str, shape: &Shape, cues: Cues, broken: Broken) -> i64 {
    let words = i64::try_from(shape.words).unwrap_or(i64::MAX).min(60);
    let sentence = ends_a_sentence(line) || words >= 20 && line.ends_with(['"', '”', '»']);
    let strong = cues.any(Place::Whole) || cues.any(Place::Head) || cues.any(Place::Start);
    match (words, sentence) {
        _ if cues.has(COMMENT, Place::Head) && words < 8 => -150,
        _ if cues.has(FOOTER, Place::Start) && words < 40 => -60,
        _ if strong && words < 25 => -8,
        (6.., _) if (broken.goes_on || broken.continues) && shape.function * 6 >= shape.words => words,
        (10.., true) if shape.function * 8 >= shape.words => words,
        (40.., _) if shape.function * 6 >= shape.words => words / 2,
        (5.., true) => 3,
        (10.., false) => -6,
        (..=2, _) => -3,
        _ => -4,
    }
}

/// The features of every line.
#[must_use]
pub fn items(text: &str, page: &Survey) -> Items {
    let surroundings = Surroundings::of(page, text);
    let mut items = Items::default();
    for index in 0..page.lines.len() {
        items.push_by(|held| {
            let mut add = |f: Feature| held.push(f as u16);
            add(Feature::Always);
            form(page.lines[index].of(text), &page.shapes[index], page.cues[index], &mut add);
            cues_of(&page.shapes[index], page.cues[index], &mut add);
            place_of(index, page, &mut add);
            beside(index, page, text, &mut add);
            surroundings.features(index, page, &mut add);
        });
    }
    items
}

fn form(line: &str, shape: &Shape, cues: Cues, add: &mut impl FnMut(Feature)) {
    add(match shape.words {
        0..=1 => Feature::Words1,
        2 => Feature::Words2,
        3 => Feature::Words3,
        4..=5 => Feature::Words4,
        6..=9 => Feature::Words6,
        10..=14 => Feature::Words10,
        15..=24 => Feature::Words15,
        25..=49 => Feature::Words25,
        _ => Feature::Words50,
    });
    ending(line, shape, add);
    beginning(line, cues, add);
    contents(line, shape, add);
    let few = shape.lettered.max(1);
    add(match shape.function * 100 / few {
        0 => Feature::FunctionNone,
        1..=17 => Feature::FunctionFew,
        18..=32 => Feature::FunctionSome,
        _ => Feature::FunctionMany,
    });
    if shape.words >= 2 {
        match shape.capitals * 100 / few {
            75.. => add(Feature::Capitals),
            45..75 => add(Feature::CapitalsSome),
            0..20 if !cues.any(Place::Head) => add(Feature::SmallMostly),
            _ => {}
        }
    }
    if shape.shouted == shape.lettered && shape.shouted > 0 {
        add(Feature::Shouted);
    }
}

fn ending(line: &str, shape: &Shape, add: &mut impl FnMut(Feature)) {
    let last = last_mark(line);
    let sentence = is_stop(last);
    match last {
        Some(':' | '：') => add(Feature::EndsColon),
        Some(',' | ';' | '،') => add(Feature::EndsComma),
        Some('…') => add(Feature::EndsEllipsis),
        Some('?' | '？' | '؟') => add(Feature::EndsQuestion),
        Some('!' | '！') => add(Feature::EndsExclaiming),
        _ if line.ends_with("...") => add(Feature::EndsEllipsis),
        _ if sentence => add(Feature::EndsSentence),
        _ => add(Feature::EndsBare),
    }
    if line.ends_with(['"', '”', '»']) {
        add(Feature::EndsQuote);
    }
    match (shape.words, sentence) {
        (..=9, true) => {
            add(if last == Some('?') { Feature::Question } else { Feature::ShortSentence });
        }
        (15.., false) => add(Feature::LongBare),
        (7.., false) => add(Feature::MidBare),
        _ => {}
    }
}

fn beginning(line: &str, cues: Cues, add: &mut impl FnMut(Feature)) {
    match line.chars().next() {
        // A cue from which the flattening cut the first letters is no sentence that goes on.
        Some(c) if c.is_lowercase() && cues.any(Place::Head) => {}
        Some(c) if c.is_lowercase() => add(Feature::StartsSmall),
        Some('0'..='9') => add(Feature::StartsDigit),
        Some('"' | '“' | '„' | '«' | '‘' | '\'') => add(Feature::StartsQuote),
        Some('•' | '-' | '–' | '*' | '·' | '—' | '►' | '▪') => add(Feature::StartsBullet),
        Some('(' | '[') => add(Feature::Bracketed),
        Some(c) if !c.is_alphanumeric() => add(Feature::StartsSymbol),
        _ => {}
    }
}

fn contents(line: &str, shape: &Shape, add: &mut impl FnMut(Feature)) {
    let mut mark = |holds: bool, feature: Feature| {
        if holds {
            add(feature);
        }
    };
    mark(shape.breaks == 1, Feature::Breaks1);
    mark(shape.breaks > 1, Feature::Breaks2);
    mark(shape.commas == 1, Feature::Commas1);
    mark(shape.commas > 1, Feature::Commas2);
    mark(shape.quotes > 0, Feature::Quotes);
    mark(shape.reader > 0, Feature::Reader);
    mark(shape.digits * 4 > shape.chars, Feature::Digits);
    mark(shape.digits >= 4 && has_year(line), Feature::Year);
    mark(shape.bars > 0, Feature::Bars);
    mark(shape.humps > 0, Feature::Humps);
    mark(shape.humps > 2, Feature::ManyHumps);
    mark(shape.words >= 10 && shape.capitals * 10 >= shape.lettered * 6, Feature::LongTitleCase);
    let bytes = line.as_bytes();
    let holds = |marks: Marks| shape.marks.hold(marks);
    mark(holds(Marks::AT), Feature::At);
    mark(holds(Marks::AT) && shape.words <= 2, Feature::Handle);
    mark(holds(Marks::DOLLAR) || holds(Marks::BEYOND) && has_price(line), Feature::Money);
    mark(holds(Marks::COLON.and(Marks::STOP)) && has_address(bytes), Feature::Url);
    mark(holds(Marks::HYPHEN.and(Marks::BEYOND)) && has_dash(bytes), Feature::LongDash);
}

/// The sign of a pound or a euro stands in the line.
fn has_price(line: &str) -> bool {
    // Their last bytes are found quickest.
    memchr::memchr2(0xA3, 0xAC, line.as_bytes()).is_some() && line.contains(['£', '€'])
}

fn has_address(line: &[u8]) -> bool {
    let scheme = || memchr::memchr_iter(b':', line).any(|at| line[at..].starts_with(b"://"));
    let host = || memchr::memchr_iter(b'.', line).any(|at| line[..at].ends_with(b"www"));
    scheme() || host()
}

/// A dash of any length stands between two spaces.
fn has_dash(line: &[u8]) -> bool {
    // The last bytes of the two long ones are looked for.
    memchr::memchr3_iter(b'-', 0x93, 0x94, line).any(|at| {
        let dash: &[u8] = if line[at] == b'-' { b" -" } else { &[b' ', 0xE2, 0x80, line[at]] };
        line[..=at].ends_with(dash) && line.get(at + 1) == Some(&b' ')
    })
}

/// A number from 1900 to 2099 stands in the line.
fn has_year(line: &str) -> bool {
    line.as_bytes().windows(4).any(|w| {
        matches!((w[0], w[1]), (b'1', b'9') | (b'2', b'0')) && w[2].is_ascii_digit() && w[3].is_ascii_digit()
    })
}

fn cues_of(shape: &Shape, cues: Cues, add: &mut impl FnMut(Feature)) {
    if cues.is_empty() {
        return add(Feature::CueNone);
    }
    for reason in 0..REASONS.len() {
        let strong = [Place::Whole, Place::Head, Place::Start].iter().any(|&p| cues.has(reason, p));
        if strong {
            add(CUES[reason]);
        }
        if cues.has(reason, Place::Within) {
            add(HINTS[reason]);
        }
    }
    if shape.words > 20 {
        add(Feature::CueLong);
    }
}

/// In the order of [`REASONS`].
const CUES: [Feature; 12] = [
    Feature::CueResidue,
    Feature::CueAdvertisement,
    Feature::CueFooter,
    Feature::CueComment,
    Feature::CueNewsletter,
    Feature::CueShare,
    Feature::CueDate,
    Feature::CueByline,
    Feature::CueNote,
    Feature::CueCaption,
    Feature::CueRelated,
    Feature::CueNavigation,
];

/// In the order of [`REASONS`].
const HINTS: [Feature; 12] = [
    Feature::HintResidue,
    Feature::HintAdvertisement,
    Feature::HintFooter,
    Feature::HintComment,
    Feature::HintNewsletter,
    Feature::HintShare,
    Feature::HintDate,
    Feature::HintByline,
    Feature::HintNote,
    Feature::HintCaption,
    Feature::HintRelated,
    Feature::HintNavigation,
];

fn place_of(index: usize, page: &Survey, add: &mut impl FnMut(Feature)) {
    if index == 0 {
        add(Feature::FirstLine);
    }
    match (page.layout, page.lines[index].blanks) {
        (Layout::SingleLines, _) => add(Feature::SingleLines),
        (Layout::BlankLines, 0) => add(Feature::NoBlankBefore),
        (Layout::BlankLines, 1) => add(Feature::BlankBefore),
        (Layout::BlankLines, _) => add(Feature::BlanksBefore),
    }
    title_place(index, page, add);
    let distance_before = page.run.start.saturating_sub(index);
    let distance_after = (index + 1).saturating_sub(page.run.end);
    match (distance_before, distance_after) {
        (0, 0) => in_run(index, page, add),
        (1..=2, _) => add(Feature::Before1),
        (3..=9, _) => add(Feature::Before3),
        (10.., _) => add(Feature::Before10),
        (_, 1..=2) => add(Feature::After1),
        (_, 3..=9) => add(Feature::After3),
        (_, 10..) => add(Feature::After10),
    }
}

/// What the lines right above and below say of the line.
fn beside(index: usize, page: &Survey, text: &str, add: &mut impl FnMut(Feature)) {
    let (shape, broken) = (&page.shapes[index], page.broken[index]);
    let above = index.checked_sub(1);
    let prose_above = above.is_some_and(|i| page.is_prose(i));
    let prose_below = page.is_prose(index + 1);
    let bare = !page.is_prose(index);
    match (prose_above, prose_below) {
        (true, true) if bare && shape.words <= 12 => add(Feature::BetweenProse),
        (true, true) => add(Feature::LongBetween),
        (true, false) if bare && shape.words <= 12 => add(Feature::AfterProse),
        (false, true) if bare && shape.words <= 12 => add(Feature::BeforeProse),
        _ => {}
    }
    if broken.goes_on {
        add(Feature::GoesOn);
    }
    if broken.continues {
        add(Feature::Continues);
    }
    if above.is_some_and(|i| page.titles.is_title(i)) && !page.titles.is_title(index) {
        add(Feature::UnderTitle);
        if shape.words >= 7 && shape.capitals * 2 < shape.lettered {
            add(Feature::DeckLike);
        }
    }
    let line = page.lines[index].of(text);
    if line.starts_with(|c: char| c.is_ascii_digit()) && shape.lettered >= 2 && shape.words <= 14 {
        add(Feature::Numbered);
    }
    if shape.marks.hold(Marks::SLASH) {
        add(Feature::Slash);
    }
    list_place(index, page, text, add);
}

/// Lists: short lines among lines of their own form.
fn list_place(index: usize, page: &Survey, text: &str, add: &mut impl FnMut(Feature)) {
    let short = |i: usize| page.shapes.get(i).is_some_and(|s| s.words <= 9) && !page.is_prose(i);
    let (above, below) = (index >= 1 && short(index - 1), short(index + 1));
    if short(index) && above && below {
        add(Feature::ListLike);
    }
    let first = |i: usize| page.lines.get(i).and_then(|l| l.of(text).chars().next());
    let marked = first(index).is_some_and(|c| !c.is_alphabetic());
    if marked && index >= 1 && first(index) == first(index - 1) {
        add(Feature::LikeAbove);
    }
}

fn in_run(index: usize, page: &Survey, add: &mut impl FnMut(Feature)) {
    add(Feature::InRun);
    if index == page.run.start {
        add(Feature::RunFirst);
    }
    if index + 1 == page.run.end {
        add(Feature::RunLast);
    }
    add(if page.shapes[index].words < 10 { Feature::InRunShort } else { Feature::InRunLong });
    if !page.cues[index].is_empty() {
        add(Feature::InRunCue);
    }
}

fn title_place(index: usize, page: &Survey, add: &mut impl FnMut(Feature)) {
    let titles = &page.titles;
    if titles.is_title(index) {
        add(Feature::IsTitle);
    }
    if page.repeated[index] {
        add(if page.shapes[index].words >= 6 { Feature::RepeatedLong } else { Feature::Repeated });
    }
    match titles.anchor() {
        None => add(Feature::NoTitle),
        Some(anchor) if index < anchor => add(Feature::BeforeTitle),
        Some(anchor) => match index - anchor {
            0..=4 => add(Feature::Since1),
            5..=14 => add(Feature::Since5),
            _ => add(Feature::Since15),
        },
    }
}

/// Sums over the neighbourhood of each line.
struct Surroundings {
    /// Words of prose before each line, summed up.
    prose: Vec<usize>,
    /// The last heading of clutter at or above each line: its place and reason.
    head: Vec<Option<(usize, usize)>>,
    footer: Option<usize>,
    comments: Option<usize>,
    /// The last line above each that ends with a colon.
    colon: Vec<Option<usize>>,
}

/// How many lines above one a colon opens a list that it stands in.
const LIST: usize = 8;
/// Words of prose that stand above the comments at least.
const TEXT_ABOVE_COMMENTS: usize = 60;
const RELATED: usize = 10;
const COMMENT: usize = 3;
const FOOTER: usize = 2;

impl Surroundings {
    fn of(page: &Survey, text: &str) -> Self {
        let mut prose = vec![0];
        let mut colon = vec![None];
        let (mut head, mut last) = (Vec::with_capacity(page.lines.len()), None);
        let (mut footer, mut comments) = (None, None);
        for index in 0..page.lines.len() {
            let (shape, cues) = (&page.shapes[index], page.cues[index]);
            let words = if page.is_prose(index) { shape.words } else { 0 };
            prose.push(prose[index] + words);
            let here = cues.first(Place::Head);
            last = here.map(|r| (index, r)).or(last);
            head.push(last);
            let opens = page.lines[index].of(text).ends_with([':', '：']);
            colon.push(if opens { Some(index) } else { colon[index] });
            if index >= page.run.end && (cues.has(FOOTER, Place::Start) || cues.has(FOOTER, Place::Whole)) {
                footer = footer.or(Some(index));
            }
            let begins = cues.has(COMMENT, Place::Head) || cues.has(COMMENT, Place::Start) && shape.words < 9;
            if begins && index > page.run.start && prose[index] - prose[page.run.start] >= TEXT_ABOVE_COMMENTS
            {
                comments = comments.or(Some(index));
            }
        }
        Self { prose, head, footer, comments, colon }
    }

    /// Words of prose in the `reach` lines on both sides, the line itself left out.
    fn near(&self, index: usize, reach: usize) -> (usize, usize) {
        let last = self.prose.len() - 1;
        let above = self.prose[index] - self.prose[index.saturating_sub(reach)];
        let below = self.prose[(index + 1 + reach).min(last)] - self.prose[index + 1];
        (above, below)
    }

    fn features(&self, index: usize, page: &Survey, add: &mut impl FnMut(Feature)) {
        let (above, below) = self.near(index, 4);
        add(match above + below {
            0 => Feature::Near0,
            1..=39 => Feature::Near1,
            40..=119 => Feature::Near2,
            _ => Feature::Near3,
        });
        add(if above == 0 { Feature::Above0 } else { Feature::Above2 });
        add(if below == 0 { Feature::Below0 } else { Feature::Below2 });
        let (above, below) = self.near(index, 15);
        add(match above + below {
            0..=29 => Feature::Wide0,
            30..=119 => Feature::Wide1,
            120..=299 => Feature::Wide2,
            _ => Feature::Wide3,
        });
        if !page.run.contains(&index) && page.is_prose(index) {
            add(Feature::OutRunSentence);
        }
        self.under(index, page, add);
    }

    fn under(&self, index: usize, page: &Survey, add: &mut impl FnMut(Feature)) {
        if let Some((at, reason)) = self.head[index].filter(|h| h.0 < index) {
            let since = self.prose[index] - self.prose[at];
            match index - at {
                1..=3 => add(Feature::UnderHead),
                4..=12 if since < 80 => add(Feature::UnderHeadFar),
                _ => {}
            }
            if reason == RELATED && index - at <= 8 && since < 60 {
                add(Feature::UnderRelated);
            }
        }
        let opener = self.colon[index].filter(|opener| index - opener <= LIST);
        if opener.is_some_and(|o| (o + 1..index).all(|i| !page.is_prose(i) || page.shapes[i].words < 25)) {
            add(Feature::UnderColon);
        }
        if self.comments.is_some_and(|c| index > c) {
            add(Feature::UnderComment);
        }
        if self.footer.is_some_and(|f| index > f) {
            add(Feature::UnderFooter);
        }
        let cue = |i: Option<usize>| i.and_then(|i| page.cues.get(i)).is_some_and(|c| !c.is_empty());
        let (above, below) = (cue(index.checked_sub(1)), cue(Some(index + 1)));
        if above && below {
            add(Feature::BetweenCues);
        } else if above {
            add(Feature::AfterReadMore);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_and_names_agree() {
        assert_eq!(FEATURES[Feature::Always as usize], "always");
        assert_eq!(FEATURES[Feature::SingleLines as usize], "page-of-single-lines");
        assert_eq!(FEATURES.len(), Feature::SingleLines as usize + 1);
    }

    #[test]
    fn a_line_is_told_by_what_holds_of_it() {
        let text = "Council votes\n\nShare on Facebook\n\nThe council of Ostrava voted on Monday to close the old bridge.\n";
        let page = survey(text, Known::default());
        let items = items(text, &page);
        let names = |i: usize| items.of(i).iter().map(|&f| FEATURES[usize::from(f)]).collect::<Vec<_>>();
        assert!(names(0).contains(&"first-line"));
        assert!(names(1).contains(&"cue-share"));
        assert!(names(2).contains(&"ends-like-a-sentence"));
        assert!(names(2).contains(&"in-the-main-run"));
        assert!(!names(2).contains(&"cue-share"));
    }
}
