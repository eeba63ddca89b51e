//! The command line as a user types it. Each flag is defined once; help is made from these comments.

use std::net::{IpAddr, Ipv4Addr};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::thread;

use clap::{Args, Parser, Subcommand};
use dateline_model::Moment;

/// Turns a pile of news reports into a sourced record.
///
/// Works offline. The same input gives the same output, byte for byte, whatever the machine and the
/// number of threads.
#[derive(Debug, Parser)]
#[command(name = "dateline", version, arg_required_else_help = true, max_term_width = 100)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
    #[command(flatten)]
    pub(crate) everywhere: Everywhere,
}

/// What can be done.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Build(Build),
    Show(Show),
    Search(Search),
    Serve(Serve),
    Export(Export),
    Diff(Diff),
    Correct(Correct),
    Forget(Forget),
    Check(Check),
    Extract(Extract),
    Annotate(Annotate),
    Code(Code),
    Reuse(Reuse),
    Cluster(Cluster),
    Model(Model),
    Eval(Eval),
}

/// Flags of every command.
#[derive(Debug, Args)]
pub(crate) struct Everywhere {
    /// Threads to work on [default: all cores]
    #[arg(long, global = true, value_name = "N")]
    threads: Option<NonZeroUsize>,
    /// Print nothing on standard error but what was set aside
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
    /// Print the summary at the end as one line of JSON, on standard error
    #[arg(long, global = true)]
    pub(crate) json: bool,
}

impl Everywhere {
    /// The number of threads asked for, or that of the machine.
    pub(crate) fn threads(&self) -> NonZeroUsize {
        self.threads.or_else(|| thread::available_parallelism().ok()).unwrap_or(NonZeroUsize::MIN)
    }
}

/// Build the sourced record of a pile of reports: one SQLite file.
///
/// Reads every input, compares all reports, and writes what is told of each happening, with the words
/// that carry it, into FILE. Run again with more input, it adds to the record; what is there is not
/// read again. It may be stopped at any moment: the next run goes on, also without INPUT. What it writes does
/// not depend on the order of the input.
#[derive(Debug, Args)]
pub(crate) struct Build {
    /// Files, folders, or - for standard input
    #[arg(value_name = "INPUT")]
    pub(crate) inputs: Vec<String>,
    /// The record to write, or to add to
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: PathBuf,
    /// Take what `annotate` printed in place of the pages: JSON Lines, or Parquet with a column `annotation`
    #[arg(long, num_args = 1.., value_name = "FILE")]
    pub(crate) from_annotations: Vec<String>,
    /// Take each input's text as the article: clean nothing
    #[arg(long)]
    pub(crate) as_is: bool,
    /// Keep a reference to each page instead of its bytes
    #[arg(long)]
    pub(crate) no_captures: bool,
    /// About so much memory for what is compared, such as 500M or 2G; the rest waits in files beside the record meanwhile
    #[arg(long, value_name = "SIZE", value_parser = bytes)]
    pub(crate) memory: Option<usize>,
    /// Compare new reports with those near them alone: seconds, however large the record. No event or story that is
    /// known is joined with another or parted; the next build without this compares all
    #[arg(long)]
    pub(crate) nearby: bool,
    /// Day or moment against which "Friday" is read where an article has none of its own
    #[arg(long, value_name = "DATE")]
    pub(crate) document_time: Option<Moment>,
    #[command(flatten)]
    pub(crate) language: LanguageModel,
}

/// "500M", "2G": a number of bytes.
fn bytes(size: &str) -> Result<usize, String> {
    let digits = size.trim_end_matches(|c: char| !c.is_ascii_digit());
    let unit: Option<usize> = match size[digits.len()..].trim_end_matches(['b', 'B', 'i']) {
        "" => Some(1),
        "k" | "K" => Some(1 << 10),
        "m" | "M" => Some(1 << 20),
        "g" | "G" => Some(1 << 30),
        _ => None,
    };
    let bytes = digits.parse::<usize>().ok().zip(unit).and_then(|(number, unit)| number.checked_mul(unit));
    bytes.ok_or_else(|| "not a number of bytes, such as 500M or 2G".to_owned())
}

/// Show what a record says: the timeline, or one event with all its accounts.
///
/// A line of the timeline is an event: when, who did what to whom, where, how many reports tell it and
/// how many of them are independent. With EVENT, every field with its agreement, each claim, each
/// account, and the words that carry them.
#[derive(Debug, Args)]
pub(crate) struct Show {
    /// The record
    #[arg(value_name = "FILE")]
    pub(crate) record: PathBuf,
    /// Name of an event, or its beginning
    #[arg(value_name = "EVENT")]
    pub(crate) event: Option<String>,
}

/// Look for something in a record: events, statements and articles.
///
/// All words must be there; "words in quotation marks" stand together. Fields: speaker:putin,
/// publisher:"Press TV", date:2016-10..2017, type:CONSULT, place:Sochi.
#[derive(Debug, Args)]
pub(crate) struct Search {
    /// The record
    #[arg(value_name = "FILE")]
    pub(crate) record: PathBuf,
    /// What to look for
    #[arg(required = true, value_name = "QUERY")]
    pub(crate) query: Vec<String>,
    /// At most so many of each kind
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub(crate) limit: u32,
}

/// Open a record as a local page: timeline, events, accounts side by side, search.
///
/// Prints the address to open in a browser. Every view has its data as JSON under the same address
/// behind /api; /openapi.json describes them. Only this machine is served, unless --host names another
/// address and --token what readers must show. Nothing is written but the corrections that readers make, and
/// nothing is fetched from elsewhere.
#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// The record
    #[arg(value_name = "FILE")]
    pub(crate) record: PathBuf,
    /// Port; 0 takes any free one
    #[arg(long, value_name = "N", default_value_t = 8310)]
    pub(crate) port: u16,
    /// Address to listen at
    #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    pub(crate) host: IpAddr,
    /// What readers must show: 16 or more letters and digits; the printed address holds it
    #[arg(long, value_name = "WORD")]
    pub(crate) token: Option<String>,
    /// Let nobody correct the record on the page
    #[arg(long)]
    pub(crate) read_only: bool,
}

/// Give a record to other programs.
///
/// jsonl prints one event a line, with every field, claim and citation. The other forms are what other
/// programs read.
#[derive(Debug, Args)]
pub(crate) struct Export {
    /// The record
    #[arg(value_name = "FILE")]
    pub(crate) record: PathBuf,
    /// In which form
    #[arg(long, value_name = "FORM")]
    pub(crate) format: ExportFormat,
    /// Where to write it [default: standard output]; a folder for forms of several files
    #[arg(long, short, value_name = "PATH")]
    pub(crate) output: Option<PathBuf>,
}

/// Say what two records hold differently.
///
/// Reports and events that only one of them has, and fields of events that differ.
#[derive(Debug, Args)]
pub(crate) struct Diff {
    /// One record
    #[arg(value_name = "A")]
    pub(crate) a: PathBuf,
    /// The other
    #[arg(value_name = "B")]
    pub(crate) b: PathBuf,
}

/// Put a record right: merge, split, set a field. What is put right stays in later builds.
///
/// A correction is an entry of a log in the record that only grows: who, when, why, and the words that it
/// rests on. Every build holds the log against the reports; what no longer matches is set aside and shown
/// (`list`), never moved to other words. `undo` is an entry of its own. The record is up to date at once.
/// With --json, what was changed is printed as one line of JSON.
#[derive(Debug, Args)]
pub(crate) struct Correct {
    /// The record
    #[arg(value_name = "FILE")]
    pub(crate) record: PathBuf,
    #[command(subcommand)]
    pub(crate) action: Action,
}

/// What can be done about a record.
#[derive(Debug, Subcommand)]
pub(crate) enum Action {
    Merge(MergeEvents),
    Split(SplitOff),
    Reject(RejectAccount),
    Set(SetField),
    Unset(UnsetField),
    SameEntity(SameEntity),
    Dependent(DependentReports),
    Undo(UndoCorrection),
    /// Say what was put right, and what of it holds
    List,
    /// Print the log as JSON Lines, to be kept or combined with another's
    Log,
    Combine(CombineLogs),
}

/// Who corrects, when and why.
#[derive(Debug, Args)]
pub(crate) struct Signed {
    /// Why: a sentence for those who read the record
    #[arg(long, value_name = "REASON")]
    pub(crate) why: String,
    /// Who corrects [default: DATELINE_WHO, or the system's name of you]
    #[arg(long, value_name = "NAME", env = "DATELINE_WHO")]
    pub(crate) who: Option<String>,
    /// When, a day or moment in ISO 8601 [default: now]
    #[arg(long, value_name = "MOMENT")]
    pub(crate) when: Option<Moment>,
    /// Say what it would change, and change nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
}

/// Words of reports that carry what is said. Several: the first --report with the first --quote, and so on.
#[derive(Debug, Args)]
pub(crate) struct Evidence {
    /// The report that the words stand in
    #[arg(long = "report", value_name = "ID")]
    pub(crate) quoted: Vec<String>,
    /// The words, exactly as they stand there
    #[arg(long = "quote", value_name = "WORDS")]
    pub(crate) quotes: Vec<String>,
    /// Their first character, counted from 0, where they stand in several places
    #[arg(long = "at", value_name = "N")]
    pub(crate) places: Vec<u32>,
    /// The words stand in the headline
    #[arg(long)]
    pub(crate) headline: bool,
}

/// Two or more events are one happening.
///
/// The name that stays is that of the report that was printed first.
#[derive(Debug, Args)]
pub(crate) struct MergeEvents {
    /// Names of the events, or their beginnings
    #[arg(required = true, num_args = 2.., value_name = "EVENT")]
    pub(crate) events: Vec<String>,
    #[command(flatten)]
    pub(crate) signed: Signed,
}

/// What some reports tell is another happening than the rest of the event: they become an event of their own.
#[derive(Debug, Args)]
pub(crate) struct SplitOff {
    /// Name of the event, or its beginning
    #[arg(value_name = "EVENT")]
    pub(crate) event: String,
    /// Names of the reports that do not belong to it
    #[arg(required = true, value_name = "REPORT")]
    pub(crate) reports: Vec<String>,
    #[command(flatten)]
    pub(crate) signed: Signed,
}

/// A report tells of no such happening: its account is a misreading and is taken out.
#[derive(Debug, Args)]
pub(crate) struct RejectAccount {
    /// Name of the event, or its beginning
    #[arg(value_name = "EVENT")]
    pub(crate) event: String,
    /// Name of the report
    #[arg(value_name = "REPORT")]
    pub(crate) report: String,
    #[command(flatten)]
    pub(crate) signed: Signed,
}

/// Set a field of an event, or add it: the words of a report say so.
///
/// The value counts as that report's claim beside those of the others, and settles the field. Fields: type,
/// mode, cameo, time, place, initiator, actor, killed, wounded, arrested, displaced, participants (how many),
/// participant/actor, participant/recipient, participant/attendee (somebody's name). Figures are written 12,
/// "12 or more", "up to 80", "40 to 50", "about 40", and whom they count behind: "12 civilians".
#[derive(Debug, Args)]
pub(crate) struct SetField {
    /// Name of the event, or its beginning
    #[arg(value_name = "EVENT")]
    pub(crate) event: String,
    /// Name of the field
    #[arg(value_name = "FIELD")]
    pub(crate) field: String,
    /// Its value
    #[arg(value_name = "VALUE", allow_hyphen_values = true)]
    pub(crate) value: String,
    #[command(flatten)]
    pub(crate) evidence: Evidence,
    #[command(flatten)]
    pub(crate) signed: Signed,
}

/// Take a value out of a field: no report says it. Without VALUE, all of the field.
#[derive(Debug, Args)]
pub(crate) struct UnsetField {
    /// Name of the event, or its beginning
    #[arg(value_name = "EVENT")]
    pub(crate) event: String,
    /// Name of the field
    #[arg(value_name = "FIELD")]
    pub(crate) field: String,
    /// The value; of participants, the name
    #[arg(value_name = "VALUE", allow_hyphen_values = true)]
    pub(crate) value: Option<String>,
    #[command(flatten)]
    pub(crate) signed: Signed,
}

/// Two or more names are of one person or body, in all reports.
///
/// Names are keys, as `entity` has them in `dateline export --format jsonl`: small letters. The fullest stays.
#[derive(Debug, Args)]
pub(crate) struct SameEntity {
    /// The keys
    #[arg(required = true, num_args = 2.., value_name = "KEY")]
    pub(crate) entities: Vec<String>,
    #[command(flatten)]
    pub(crate) evidence: Evidence,
    #[command(flatten)]
    pub(crate) signed: Signed,
}

/// Two or more reports go back to one origin: they are one witness wherever they tell of the same.
#[derive(Debug, Args)]
pub(crate) struct DependentReports {
    /// Names of the reports
    #[arg(required = true, num_args = 2.., value_name = "REPORT")]
    pub(crate) reports: Vec<String>,
    #[command(flatten)]
    pub(crate) evidence: Evidence,
    #[command(flatten)]
    pub(crate) signed: Signed,
}

/// Undo a correction; an undoing can be undone.
#[derive(Debug, Args)]
pub(crate) struct UndoCorrection {
    /// Its id, or the beginning of it
    #[arg(value_name = "ID")]
    pub(crate) correction: String,
    #[command(flatten)]
    pub(crate) signed: Signed,
}

/// Lay the logs of several persons together: what they differ on, how far they agree, and all in this record.
///
/// Each log counts as one judge. Agreement is Krippendorff's alpha for each question by itself, over what at
/// least two logs answer. Entries that the record does not have yet are added to its log, by their time.
#[derive(Debug, Args)]
pub(crate) struct CombineLogs {
    /// Logs as `dateline correct FILE log` prints them
    #[arg(required = true, value_name = "LOG")]
    pub(crate) logs: Vec<PathBuf>,
    /// Say what it would change, and change nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
}

/// Take reports out of a record, with all that only they carry.
///
/// The events are made anew from the other reports, and the file is written anew, so that no word of
/// what was taken out is left in it. Building again from a pile that still holds the report puts it back.
#[derive(Debug, Args)]
pub(crate) struct Forget {
    /// The record
    #[arg(value_name = "FILE")]
    pub(crate) record: PathBuf,
    /// Names of the reports
    #[arg(required = true, value_name = "ID")]
    pub(crate) ids: Vec<String>,
}

/// Look whether a record is as it was written.
///
/// Every page and every text is held against its digest, every quote is looked up at its place, and SQLite
/// checks its own pages. What is wrong is printed, a line each; then the exit code is 1. Nothing is changed.
#[derive(Debug, Args)]
pub(crate) struct Check {
    /// The record
    #[arg(value_name = "FILE")]
    pub(crate) record: PathBuf,
}

/// Find the article in each page: headline, publisher, dates and main text, as JSON Lines.
///
/// Reads files and folders of .txt, .html, .warc(.gz), .wet(.gz), .jsonl(.gz|.zst), .xml (RSS or
/// Atom); `-` reads JSON Lines from standard input. Prints one object a line, in input order. A field
/// that the page does not give is null. What is not part of the article stands in `set_aside`, each
/// piece with its reason. Offsets count Unicode code points.
///
/// Flattened pages (.txt, .wet, .jsonl; not standard input) are looked at twice: what recurs over pages
/// of one publisher is clutter, so giving a whole pile at once reads each of its pages better.
#[derive(Debug, Args)]
pub(crate) struct Extract {
    /// Files, folders, or - for standard input
    #[arg(required = true, value_name = "INPUT")]
    pub(crate) inputs: Vec<String>,
    /// Take each input's text as the article: clean nothing
    #[arg(long)]
    pub(crate) as_is: bool,
    /// Add the map from text to bytes, and the bytes of every field
    #[arg(long)]
    pub(crate) map: bool,
    /// Print for a person instead: headline, publisher, date and its reason, the text's beginning
    #[arg(long, conflicts_with = "map")]
    pub(crate) readable: bool,
}

/// Read each article: who, when, where, who said and did what, as JSON Lines.
///
/// Prints all that `extract` prints, and `sentences`, `entities`, `mentions`, `times`, `places`,
/// `attributions` and `events`; with --tokens, every token with its tags, lemma and head. Offsets
/// count Unicode code points into `text`. Times are read against the article's day of publication,
/// never against today's date.
#[derive(Debug, Args)]
pub(crate) struct Annotate {
    /// Files, folders, or - for standard input
    #[arg(required = true, value_name = "INPUT")]
    pub(crate) inputs: Vec<String>,
    /// Take each input's text as the article: clean nothing
    #[arg(long)]
    pub(crate) as_is: bool,
    /// Print every token
    #[arg(long)]
    pub(crate) tokens: bool,
    /// Stop after the language model
    #[arg(long)]
    pub(crate) model_only: bool,
    /// Print what `build --from-annotations` takes: each page read by itself, as `build` reads it, with its capture's
    /// key and the way back to its bytes
    #[arg(long, conflicts_with = "model_only")]
    pub(crate) for_build: bool,
    /// Print for a person instead: who is spoken of, who said what, who did what
    #[arg(long, conflicts_with_all = ["tokens", "model_only", "for_build"])]
    pub(crate) readable: bool,
    /// Day or moment against which "Friday" is read where an article has none of its own
    #[arg(long, value_name = "DATE")]
    pub(crate) document_time: Option<Moment>,
    #[command(flatten)]
    pub(crate) language: LanguageModel,
}

/// Say what one party does to another in a sentence, as JSON Lines.
///
/// Reads lines of JSON with `id`, `text`, `source` and `target`, the parties by their words in the text;
/// a target that is not in the text ("a recipient") may be anybody. Prints one line each, always with a
/// `type` of PLOVER: `trigger` and `pattern` are empty where nothing in the text tells what is done.
#[derive(Debug, Args)]
pub(crate) struct Code {
    /// A file with the pairs, or - for standard input
    #[arg(long, value_name = "FILE")]
    pub(crate) pairs: String,
    #[command(flatten)]
    pub(crate) language: LanguageModel,
}

/// Find the passages that reports share, as JSON Lines.
///
/// Prints one object for each passage of prose that stands in two reports, across light and heavy
/// edits. Words in quotation marks and stock paragraphs do not count. Offsets count Unicode code
/// points into the texts as `extract` prints them. The order of the input does not matter.
#[derive(Debug, Args)]
pub(crate) struct Reuse {
    /// Files, folders, or - for standard input
    #[arg(required = true, value_name = "INPUT")]
    pub(crate) inputs: Vec<String>,
    /// Take each input's text as the article: clean nothing
    #[arg(long)]
    pub(crate) as_is: bool,
    /// Print one object for each pair of related reports: copy, rewrite, quotation or independent
    #[arg(long, conflicts_with = "clusters")]
    pub(crate) pairs: bool,
    /// Print one object for each cluster of near-duplicates
    #[arg(long)]
    pub(crate) clusters: bool,
}

/// Put reports of one story together, as JSON Lines.
///
/// Prints `id` and `story` for every article, in input order. A story is named by the id of its first
/// report. Reports are put together by their telling words, their days and the weekdays that they
/// name; a report without a day can join too.
#[derive(Debug, Args)]
pub(crate) struct Cluster {
    /// Files, folders, or - for standard input
    #[arg(required = true, value_name = "INPUT")]
    pub(crate) inputs: Vec<String>,
    /// Take each input's text as the article: clean nothing
    #[arg(long)]
    pub(crate) as_is: bool,
    /// Decide each article as it is read, in input order, without looking ahead
    #[arg(long)]
    pub(crate) stream: bool,
}

/// Which language model, and how it computes.
#[derive(Debug, Args)]
pub(crate) struct LanguageModel {
    /// A model that was added, by its name, or a spaCy v3 package, its folder or wheel [default: the English
    /// model inside]
    #[arg(long, value_name = "NAME|PATH")]
    pub(crate) model: Option<PathBuf>,
    /// Instructions to compute with: auto, scalar, avx2, avx512 or neon; the result is the same
    #[arg(long, value_name = "NAME", default_value = "auto")]
    pub(crate) kernel: String,
    /// A folder of actors and agents in PETRARCH's format (.txt), known before the built-in ones
    #[arg(long, value_name = "FOLDER")]
    pub(crate) dictionaries: Option<PathBuf>,
}

/// Language models: which there are, and what they say of themselves.
#[derive(Debug, Args)]
pub(crate) struct Model {
    #[command(subcommand)]
    pub(crate) action: ModelAction,
}

/// What can be asked of language models.
#[derive(Debug, Subcommand)]
pub(crate) enum ModelAction {
    /// Name the models that can be used: the one inside the program, and those that were added
    List,
    /// Say what a model is: name, version, licence, components
    Info(InfoOf),
    /// Add a model: an unmodified spaCy v3 package, its folder or its wheel
    ///
    /// It is copied into a folder of yours: DATELINE_MODELS where that variable is set, else
    /// dateline/models below XDG_DATA_HOME or ~/.local/share. From then on --model NAME uses it. A
    /// package that cannot be run is not added; what it needs is named.
    Add(Added),
}

/// The model that is asked about.
#[derive(Debug, Args)]
pub(crate) struct InfoOf {
    /// A model that was added, or a package [default: the English model inside]
    #[arg(value_name = "NAME|PATH", conflicts_with = "model")]
    pub(crate) name: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) language: LanguageModel,
}

/// The model that is to be added.
#[derive(Debug, Args)]
pub(crate) struct Added {
    /// The package: its folder, or its wheel
    #[arg(value_name = "PATH")]
    pub(crate) package: PathBuf,
}

/// Measure how well a public data set is read: ours beside what people marked.
///
/// `entities` reads GUM, re3d and UNER brought into JSON Lines, each with its own convention of what a
/// name is and how far it goes; of GUM also the chains, who is meant (MUC, B3, CEAF-e and their mean).
/// `times` reads texts as JSON Lines and writes their times as Recognizers-Text does, whose convention is not
/// TimeML's; without --marks it counts what differs.
#[derive(Debug, Args)]
pub(crate) struct Eval {
    /// What is measured
    pub(crate) task: EvalTask,
    /// The data set: a file, or a folder of .jsonl files
    #[arg(value_name = "DIR")]
    pub(crate) data: PathBuf,
    /// Print our marks by the data set's convention instead, as JSON Lines
    #[arg(long)]
    pub(crate) marks: bool,
    #[command(flatten)]
    pub(crate) language: LanguageModel,
}

/// What can be measured.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub(crate) enum EvalTask {
    /// Names, and who is meant
    Entities,
    /// Times, by the convention of Recognizers-Text
    Times,
}

/// A form of export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum ExportFormat {
    /// One event a line, everything in it
    Jsonl,
    /// Tables: events; with -o FOLDER also accounts and statements
    Csv,
    /// The tables of `csv` as Parquet; needs -o FOLDER and a program built with `--features parquet`
    Parquet,
    /// One row for each report of each event, for the R package eventreport
    Eventreport,
    /// GDELT 2.0: 61 columns
    Gdelt,
    /// POLECAT in PLOVER's codes: 40 columns
    Plover,
    /// schema.org: NewsArticle, Event, Quotation
    Jsonld,
    /// W3C Web Annotations: the words that carry each field
    Annotation,
    /// FollowTheMoney's entities
    Ftm,
    /// One page to read: timeline, events, accounts side by side
    Html,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn no_flag_of_any_command_stands_in_the_way_of_another() {
        super::Arguments::command().debug_assert();
    }
}
