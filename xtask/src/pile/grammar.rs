//! Lists of words and sentences that name one another, and what is said by drawing from them.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail};
use toml::{Table, Value};

use super::random::Random;

/// All lists, their templates taken apart.
pub(super) struct Grammar {
    names: BTreeMap<String, usize>,
    lists: Vec<Vec<Template>>,
    topical: Vec<bool>,
}

/// One entry of a list.
pub(super) struct Template(Vec<Part>);

enum Part {
    Text(String),
    List { list: usize, capital: bool },
    Fact { fact: usize, capital: bool },
    Number(usize, usize),
}

/// What a story knows by name; a template asks for it in braces.
pub(super) const FACTS: [&str; 14] = [
    "place", "country", "demonym", "person", "surname", "title", "rival", "body", "group", "day", "date",
    "killed", "wounded", "many",
];

/// Lists of which a story draws the same few words again and again: they are what it is about.
const TOPICAL: [&str; 4] = ["noun", "plural", "organisation", "city"];

/// How many words of each such list a story keeps to, and in how many of a hundred cases.
const KEPT: usize = 4;
const KEPT_PERCENT: usize = 40;

/// What a template is filled with.
#[derive(Clone)]
pub(super) struct Facts {
    /// In the order of [`FACTS`].
    pub(super) values: Vec<String>,
    /// For each list the words that the story keeps to.
    kept: BTreeMap<usize, Vec<String>>,
}

impl Grammar {
    /// The lists of several tables.
    pub(super) fn new(tables: &[&Table]) -> Result<Self> {
        let lists: Vec<(&String, &Value)> = tables.iter().flat_map(|table| table.iter()).collect();
        let names: BTreeMap<String, usize> =
            lists.iter().enumerate().map(|(n, (name, _))| ((*name).clone(), n)).collect();
        let topical = lists.iter().map(|(name, _)| TOPICAL.contains(&name.as_str())).collect();
        let mut grammar = Self { names, lists: Vec::new(), topical };
        for (name, value) in lists {
            let entries = entries(value).with_context(|| format!("list {name}"))?;
            let templates: Result<Vec<Template>> =
                entries.iter().map(|entry| grammar.template(entry)).collect();
            grammar.lists.push(templates.with_context(|| format!("list {name}"))?);
        }
        Ok(grammar)
    }

    /// A template of the words in `text`.
    pub(super) fn template(&self, text: &str) -> Result<Template> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some((before, behind)) = rest.split_once('{') {
            let (inside, behind) =
                behind.split_once('}').with_context(|| format!("{text}: a brace is open"))?;
            if !before.is_empty() {
                parts.push(Part::Text(before.to_owned()));
            }
            parts.push(self.part(inside).with_context(|| text.to_owned())?);
            rest = behind;
        }
        if !rest.is_empty() {
            parts.push(Part::Text(rest.to_owned()));
        }
        Ok(Template(parts))
    }

    fn part(&self, inside: &str) -> Result<Part> {
        if let Some((from, to)) = inside.split_once('-')
            && let (Ok(from), Ok(to)) = (from.parse(), to.parse())
        {
            return Ok(Part::Number(from, to));
        }
        let (name, capital) = inside.strip_prefix('^').map_or((inside, false), |name| (name, true));
        if let Some(fact) = FACTS.iter().position(|fact| *fact == name) {
            return Ok(Part::Fact { fact, capital });
        }
        match self.names.get(name) {
            Some(&list) => Ok(Part::List { list, capital }),
            None => bail!("no list and no fact is called {name}"),
        }
    }

    /// What a story keeps to, drawn anew.
    pub(super) fn facts(&self, random: &mut Random) -> Facts {
        let mut facts = Facts { values: vec![String::new(); FACTS.len()], kept: BTreeMap::new() };
        for list in (0..self.lists.len()).filter(|list| self.topical[*list]) {
            let words = (0..KEPT).map(|_| self.drawn(list, &facts, random)).collect();
            facts.kept.insert(list, words);
        }
        facts
    }

    /// An entry of the list `name`, which is there.
    pub(super) fn say(&self, name: &str, facts: &Facts, random: &mut Random) -> String {
        self.names.get(name).map(|list| self.drawn(*list, facts, random)).unwrap_or_default()
    }

    /// `template` with everything filled in.
    pub(super) fn fill(&self, template: &Template, facts: &Facts, random: &mut Random) -> String {
        let mut out = String::new();
        self.write(template, facts, random, &mut out);
        out
    }

    fn drawn(&self, list: usize, facts: &Facts, random: &mut Random) -> String {
        self.fill(random.pick(&self.lists[list]), facts, random)
    }

    fn write(&self, template: &Template, facts: &Facts, random: &mut Random, out: &mut String) {
        for part in &template.0 {
            let start = out.len();
            match part {
                Part::Text(text) => out.push_str(text),
                Part::Number(from, to) => out.push_str(&random.between(*from, *to).to_string()),
                Part::Fact { fact, .. } => out.push_str(&facts.values[*fact]),
                Part::List { list, .. } => match facts.kept.get(list) {
                    Some(kept) if random.chance(KEPT_PERCENT) => out.push_str(random.pick::<String>(kept)),
                    _ => self.write(random.pick(&self.lists[*list]), facts, random, out),
                },
            }
            if matches!(part, Part::List { capital: true, .. } | Part::Fact { capital: true, .. }) {
                capitalise(out, start);
            }
        }
    }
}

/// The letter at `start` becomes a capital.
fn capitalise(out: &mut String, start: usize) {
    if let Some(first) = out[start..].chars().next() {
        let upper: String = first.to_uppercase().collect();
        out.replace_range(start..start + first.len_utf8(), &upper);
    }
}

/// A list is written as one, or as words parted by blanks, or by `|` where some have several words.
fn entries(value: &Value) -> Result<Vec<String>> {
    let owned = |text: &str| text.trim().to_owned();
    let entries: Vec<String> = match value {
        Value::String(words) if words.contains('|') => words.split('|').map(owned).collect(),
        Value::String(words) => words.split_whitespace().map(owned).collect(),
        Value::Array(entries) => entries.iter().filter_map(Value::as_str).map(owned).collect(),
        _ => bail!("is no list"),
    };
    if entries.is_empty() {
        bail!("is empty");
    }
    Ok(entries)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(lists: &str, facts: &[&str], template: &str) -> Result<String> {
        let table: Table = lists.parse()?;
        let grammar = Grammar::new(&[&table])?;
        let mut random = Random::new(1, 1);
        let mut known = grammar.facts(&mut random);
        facts.iter().enumerate().for_each(|(n, fact)| known.values[n] = (*fact).to_owned());
        Ok(grammar.fill(&grammar.template(template)?, &known, &mut random))
    }

    #[test]
    fn templates_are_filled() {
        assert_eq!(said("a = \"one\"", &[], "{^a} and {a}").unwrap(), "One and one");
        assert_eq!(said("a = [\"{b} two\"]\nb = \"é\"", &[], "{^a}").unwrap(), "É two");
        assert_eq!(said("a = \"x\"", &["Ulm"], "in {place}, {7-7}").unwrap(), "in Ulm, 7");
        assert!(said("a = \"x\"", &[], "{nothing}").is_err());
        assert!(said("a = \"x\"", &[], "{a").is_err());
    }
}
