//! The rules of time expressions, read from `data/time/` and made ready once.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::calendar::Holiday;
use crate::lexicon::{Lexicon, WordId};
use crate::pattern::{self, Pattern};
use crate::program::{Match, Program, Reader, WordSets};
use crate::scan::{Token, scan};
use crate::tense::TenseWords;

/// Words, rules and holidays, ready to read texts with. Build it once: it is the costly part.
#[derive(Debug)]
pub struct TimeGrammar {
    pub(crate) lexicon: Lexicon,
    pub(crate) rules: Vec<Rule>,
    pub(crate) holidays: Vec<Holiday>,
    pub(crate) tense: TenseWords,
    /// For each word the rules that can begin with it, each with the words that can follow.
    starts: Vec<Vec<(u16, u32)>>,
    sets: WordSets,
}

/// One rule: what it reads, and what kind of time that is.
#[derive(Debug)]
pub(crate) struct Rule {
    #[cfg_attr(not(test), expect(dead_code, reason = "names a rule where its examples fail"))]
    pub(crate) name: String,
    pub(crate) kind: Kind,
    pub(crate) program: Program,
    #[cfg_attr(not(test), expect(dead_code, reason = "the rule's tests"))]
    pub(crate) examples: Vec<String>,
}

/// What a rule's words tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Kind {
    /// A day, a stretch of the calendar, or a time of a day.
    Point,
    Duration,
    Set,
    /// Past, present or future.
    Reference,
    /// "In two weeks": a point where the verb is of the future, else a duration.
    Ahead,
    /// No time at all: words that only look like one.
    Nothing,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleFile {
    #[serde(default)]
    fragments: BTreeMap<String, String>,
    #[serde(default)]
    rule: Vec<RuleEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleEntry {
    name: String,
    kind: Kind,
    pattern: String,
    #[serde(default)]
    examples: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HolidayFile {
    holiday: Vec<Holiday>,
}

const WORDS: &str = include_str!("../../../data/time/words.toml");
const HOLIDAYS: &str = include_str!("../../../data/time/holidays.toml");
const TENSE: &str = include_str!("../../../data/time/tense.toml");
const RULES: [(&str, &str); 7] = [
    ("fragments", include_str!("../../../data/time/fragments.toml")),
    ("dates", include_str!("../../../data/time/dates.toml")),
    ("relative", include_str!("../../../data/time/relative.toml")),
    ("clock", include_str!("../../../data/time/clock.toml")),
    ("ranges", include_str!("../../../data/time/ranges.toml")),
    ("durations", include_str!("../../../data/time/durations.toml")),
    ("sets", include_str!("../../../data/time/sets.toml")),
];

impl TimeGrammar {
    /// The grammar of news English.
    ///
    /// # Panics
    /// If a file under `data/time/` is at fault, which the tests rule out: the files are part of the program.
    #[must_use]
    pub fn english() -> Self {
        Self::read().unwrap_or_else(|fault| panic!("data/time: {fault}"))
    }

    /// The longest match of a rule at token `at`, and the rule; among equals the first rule.
    /// `todo` is room to work in, kept from one place to the next.
    pub(crate) fn longest(
        &self,
        tokens: &[Token],
        at: usize,
        todo: &mut Vec<(usize, usize)>,
    ) -> Option<(&Rule, Match)> {
        let text = Reader { tokens, lexicon: &self.lexicon, sets: &self.sets };
        let word = tokens.get(at)?.word;
        let mut best: Option<(&Rule, usize)> = None;
        let follower = tokens.get(at + 1).map(|t| t.word);
        for (rule, following) in self.starts.get(usize::from(word.0))? {
            if !self.sets.allows(*following, follower) {
                continue;
            }
            let rule = &self.rules[usize::from(*rule)];
            if let Some(end) = rule.program.reach(at, &text, todo)
                && best.is_none_or(|(_, farthest)| farthest < end)
            {
                best = Some((rule, end));
            }
        }
        let (rule, _) = best?;
        Some((rule, rule.program.longest(at, &text)?))
    }

    pub(crate) fn scan(&self, text: &str) -> Vec<Token> {
        scan(text, &self.lexicon)
    }

    fn read() -> Result<Self, String> {
        let mut lexicon = Lexicon::read(WORDS).map_err(|fault| format!("words.toml: {fault}"))?;
        let holidays =
            toml::from_str::<HolidayFile>(HOLIDAYS).map_err(|e| format!("holidays.toml: {e}"))?.holiday;
        let (mut fragments, mut entries) = (BTreeMap::new(), Vec::new());
        for (file, source) in RULES {
            let content: RuleFile = toml::from_str(source).map_err(|e| format!("{file}.toml: {e}"))?;
            for (name, source) in content.fragments {
                let pattern =
                    pattern::parse(&source).map_err(|fault| format!("{file}.toml, {name}: {fault}"))?;
                fragments.insert(name, pattern);
            }
            entries.extend(content.rule);
        }
        fragments.insert("holiday".to_owned(), holiday_pattern(&holidays)?);
        let mut rules = entries
            .into_iter()
            .map(|entry| compile(entry, &fragments, &mut lexicon))
            .collect::<Result<Vec<_>, _>>()?;
        let tense = TenseWords::read(TENSE, &mut lexicon).map_err(|fault| format!("tense.toml: {fault}"))?;
        let mut sets = WordSets::default();
        let starts = starts(&mut rules, &lexicon, &mut sets);
        sets.finish(&lexicon);
        Ok(Self { lexicon, rules, holidays, tense, starts, sets })
    }
}

fn compile(
    entry: RuleEntry,
    fragments: &BTreeMap<String, Pattern>,
    lexicon: &mut Lexicon,
) -> Result<Rule, String> {
    let RuleEntry { name, kind, pattern, examples } = entry;
    let program = pattern::parse(&pattern)
        .and_then(|pattern| Program::compile(&pattern, fragments, lexicon))
        .map_err(|fault| format!("rule {name}: {fault}"))?;
    Ok(Rule { name, kind, program, examples })
}

/// The names of all holidays, each taking down its place in the list.
fn holiday_pattern(holidays: &[Holiday]) -> Result<Pattern, String> {
    let names = holidays.iter().enumerate().map(|(place, holiday)| {
        let name = pattern::parse(&holiday.pattern).map_err(|fault| format!("holidays.toml: {fault}"))?;
        let take = Pattern::Take { slot: "holiday".to_owned(), value: place.to_string() };
        Ok(Pattern::Sequence(vec![name, take]))
    });
    Ok(Pattern::Choice(names.collect::<Result<_, String>>()?))
}

fn starts(rules: &mut [Rule], lexicon: &Lexicon, sets: &mut WordSets) -> Vec<Vec<(u16, u32)>> {
    let mut starts = vec![Vec::new(); lexicon.len()];
    for (number, rule) in (0..).zip(rules) {
        for (WordId(word), following) in rule.program.prepare(lexicon, sets) {
            starts[usize::from(word)].push((number, following));
        }
    }
    // No rule may begin with a word that it does not know.
    if let Some(other) = starts.first_mut() {
        other.clear();
    }
    starts
}

#[cfg(test)]
mod tests {
    use dateline_model::{AnnotatedText, DocumentTime, Report, TimeExpression};

    use super::*;
    use crate::find_times;

    /// `the [marked words] of a sentence => VALUE MOD`, or `(no)` where there is no time.
    fn check(example: &str, grammar: &TimeGrammar) -> Result<(), String> {
        let (marked, expected) = example.split_once(" => ").ok_or("no =>")?;
        let text = marked.replace(['[', ']'], "");
        let thursday = DocumentTime("2016-10-20".parse().ok());
        let report = Report { document_time: thursday, ..Report::of_text(&text, AnnotatedText::default()) };
        let times = find_times(&report, grammar);
        let spans: Vec<_> =
            marked.split('[').skip(1).filter_map(|rest| rest.split_once(']')).map(|s| s.0).collect();
        let expected = if expected == "(no)" { "" } else { expected };
        let values = |t: &TimeExpression| match t.modifier {
            None => t.value.clone(),
            Some(modifier) => format!("{} {}", t.value, modifier.name()),
        };
        // Times before the marked ones are context.
        let last = &times[times.len().saturating_sub(spans.len().max(usize::from(expected.is_empty())))..];
        let found: Vec<_> = last.iter().map(|t| &text[t.span.range()]).collect();
        let told: Vec<_> = last.iter().map(values).collect();
        if found == spans && told.join(" ") == expected {
            Ok(())
        } else {
            Err(format!("{example}\n      {found:?} {told:?}"))
        }
    }

    #[test]
    fn every_rule_reads_its_examples() {
        let grammar = TimeGrammar::english();
        let faults: Vec<_> = grammar
            .rules
            .iter()
            .flat_map(|rule| rule.examples.iter().map(move |example| (rule, example)))
            .filter_map(|(rule, example)| {
                check(example, &grammar).err().map(|e| format!("{}: {e}", rule.name))
            })
            .collect();
        assert!(faults.is_empty(), "\n{}", faults.join("\n"));
    }
}
