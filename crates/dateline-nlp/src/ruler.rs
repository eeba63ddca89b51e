//! The attribute ruler: rules that read tags, labels and words, and set parts of speech, features and lemmas.
//!
//! All rules look at the tokens as the networks left them. What they set is then set in their order, so that
//! of two rules for one token the later wins.

use std::collections::BTreeMap;

use crate::names::{Name, Names};
use crate::package::{PackageError, Rule, RuleToken, TextTest};
use crate::pattern::Pattern;

/// The attributes of a token that the rules may read and set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Attributes {
    pub(crate) tag: Name,
    pub(crate) pos: Name,
    pub(crate) morph: Name,
    pub(crate) dep: Name,
    /// A lemma that a rule gives; empty where none does.
    pub(crate) lemma: Name,
}

/// The rules, ready to run.
#[derive(Debug)]
pub(crate) struct Ruler {
    patterns: Vec<RulePattern>,
    /// The patterns that can begin at a token with a given tag; under the empty name those for any other tag.
    by_tag: BTreeMap<Name, Candidates>,
    effects: Vec<Effect>,
    words: WordTests,
}

/// A sequence of tokens, and whose effect it has.
#[derive(Debug)]
struct RulePattern {
    rule: usize,
    tokens: Vec<TokenTest>,
}

/// Patterns by their numbers, apart by what their first token is asked: most words pass no test of a word.
#[derive(Debug, Default)]
struct Candidates {
    /// Those that begin with any word.
    of_any: Vec<usize>,
    /// Those that begin with a word that passes a test, with its number.
    of_word: Vec<(usize, usize)>,
    /// All these tests.
    tests: WordResults,
}

/// What is asked of one token.
#[derive(Debug, Default)]
struct TokenTest {
    tag: Option<NameTest>,
    dep: Option<NameTest>,
    /// The number of a test of the word.
    word: Option<usize>,
    space: Option<bool>,
}

#[derive(Debug)]
enum NameTest {
    In(Vec<Name>),
    NotIn(Vec<Name>),
}

/// What a rule sets, and of which token of the sequence.
#[derive(Debug)]
struct Effect {
    index: i64,
    tag: Option<Name>,
    pos: Option<Name>,
    morph: Option<Name>,
    dep: Option<Name>,
    lemma: Option<Name>,
}

impl Ruler {
    pub(crate) fn new(rules: &[Rule], names: &mut Names) -> Result<Self, PackageError> {
        let mut words = WordTests::default();
        let (mut patterns, mut effects) = (Vec::new(), Vec::new());
        for (number, rule) in rules.iter().enumerate() {
            for tokens in &rule.patterns {
                let tokens = tokens.iter().map(|token| token_test(token, &mut words, names));
                patterns.push(RulePattern { rule: number, tokens: tokens.collect::<Result<_, _>>()? });
            }
            effects.push(effect(rule, names)?);
        }
        let by_tag = by_tag(&patterns);
        Ok(Self { patterns, by_tag, effects, words })
    }

    /// Applies the rules. `word_tests` tells for each token which tests its word passes.
    pub(crate) fn apply(
        &self,
        tokens: &mut [Attributes],
        is_space: impl Fn(usize) -> bool,
        word_tests: impl Fn(usize) -> WordResults,
    ) {
        let mut found = Vec::new();
        for (start, token) in tokens.iter().enumerate() {
            let candidates = self.by_tag.get(&token.tag).or_else(|| self.by_tag.get(&Name::default()));
            let Some(candidates) = candidates else { continue };
            candidates.for_each(&word_tests(start), |pattern| {
                let RulePattern { rule, tokens: tests } = &self.patterns[pattern];
                let window = tokens.get(start..start + tests.len());
                let passes = |(offset, (test, token)): (usize, (&TokenTest, &Attributes))| {
                    let at = start + offset;
                    test.passes(token)
                        && test.space.is_none_or(|s| s == is_space(at))
                        && test.passes_word(|| word_tests(at))
                };
                if window.is_some_and(|window| tests.iter().zip(window).enumerate().all(passes)) {
                    found.push((*rule, start, start + tests.len()));
                }
            });
        }
        found.sort_unstable();
        for (rule, start, end) in found {
            let effect = &self.effects[rule];
            let index = if effect.index < 0 { end as i64 } else { start as i64 } + effect.index;
            if let Some(token) = usize::try_from(index).ok().and_then(|index| tokens.get_mut(index)) {
                effect.apply(token);
            }
        }
    }

    /// Which tests a word passes.
    pub(crate) fn test_word(&self, lower: &str) -> WordResults {
        self.words.results(lower)
    }
}

impl Candidates {
    fn add(&mut self, number: usize, pattern: &RulePattern) {
        match pattern.tokens.first().and_then(|token| token.word) {
            None => self.of_any.push(number),
            Some(test) => {
                self.of_word.push((test, number));
                self.tests.set(test);
            }
        }
    }

    /// The patterns that a word with these results may begin.
    fn for_each(&self, word: &WordResults, mut see: impl FnMut(usize)) {
        self.of_any.iter().for_each(|&pattern| see(pattern));
        if self.tests.meets(word) {
            let passed = self.of_word.iter().filter(|(test, _)| word.has(*test));
            passed.for_each(|&(_, pattern)| see(pattern));
        }
    }
}

impl TokenTest {
    fn passes(&self, token: &Attributes) -> bool {
        self.tag.as_ref().is_none_or(|test| test.passes(token.tag))
            && self.dep.as_ref().is_none_or(|test| test.passes(token.dep))
    }

    fn passes_word(&self, results: impl Fn() -> WordResults) -> bool {
        self.word.is_none_or(|test| results().has(test))
    }
}

impl NameTest {
    fn passes(&self, name: Name) -> bool {
        match self {
            Self::In(names) => names.contains(&name),
            Self::NotIn(names) => !names.contains(&name),
        }
    }
}

impl Effect {
    fn apply(&self, token: &mut Attributes) {
        token.tag = self.tag.unwrap_or(token.tag);
        token.pos = self.pos.unwrap_or(token.pos);
        token.morph = self.morph.unwrap_or(token.morph);
        token.dep = self.dep.unwrap_or(token.dep);
        token.lemma = self.lemma.unwrap_or(token.lemma);
    }
}

/// For every tag that a rule names, the patterns that may begin there.
fn by_tag(patterns: &[RulePattern]) -> BTreeMap<Name, Candidates> {
    let first_tag = |pattern: &RulePattern| match pattern.tokens.first() {
        Some(TokenTest { tag: Some(NameTest::In(names)), .. }) => names.clone(),
        _ => Vec::new(),
    };
    let mut tags: Vec<Name> = patterns.iter().flat_map(first_tag).collect();
    tags.push(Name::default());
    tags.into_iter().map(|tag| (tag, candidates(patterns, tag))).collect()
}

fn candidates(patterns: &[RulePattern], tag: Name) -> Candidates {
    let mut candidates = Candidates::default();
    for (number, pattern) in patterns.iter().enumerate() {
        let first = pattern.tokens.first();
        if first.is_some_and(|token| token.tag.as_ref().is_none_or(|test| test.passes(tag))) {
            candidates.add(number, pattern);
        }
    }
    candidates
}

fn token_test(
    token: &RuleToken,
    words: &mut WordTests,
    names: &mut Names,
) -> Result<TokenTest, PackageError> {
    let mut name_test = |test: &TextTest| match test {
        TextTest::In(texts) => Ok(NameTest::In(texts.iter().map(|text| names.intern(text)).collect())),
        TextTest::NotIn(texts) => Ok(NameTest::NotIn(texts.iter().map(|text| names.intern(text)).collect())),
        TextTest::Matches(_) => {
            Err(PackageError::unsupported("attribute_ruler", "a pattern for a tag or a label"))
        }
    };
    Ok(TokenTest {
        tag: token.tag.as_ref().map(&mut name_test).transpose()?,
        dep: token.dep.as_ref().map(&mut name_test).transpose()?,
        word: token.lower.as_ref().map(|test| words.add(test)).transpose()?,
        space: token.space,
    })
}

fn effect(rule: &Rule, names: &mut Names) -> Result<Effect, PackageError> {
    let mut effect = Effect { index: rule.index, tag: None, pos: None, morph: None, dep: None, lemma: None };
    for (attribute, value) in &rule.attributes {
        let place = match attribute.as_str() {
            "TAG" => &mut effect.tag,
            "POS" => &mut effect.pos,
            "MORPH" => &mut effect.morph,
            "DEP" => &mut effect.dep,
            "LEMMA" => &mut effect.lemma,
            other => {
                return Err(PackageError::unsupported("attribute_ruler", format!("a rule sets {other}")));
            }
        };
        // "_" stands for no features.
        let empty = attribute == "MORPH" && value == "_";
        *place = Some(names.intern(if empty { "" } else { value }));
    }
    Ok(effect)
}

/// Which of the tests a word passes: one bit a test.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct WordResults([u64; 4]);

impl WordResults {
    fn set(&mut self, test: usize) {
        if let Some(bits) = self.0.get_mut(test / 64) {
            *bits |= 1 << (test % 64);
        }
    }

    fn has(&self, test: usize) -> bool {
        self.0.get(test / 64).is_some_and(|bits| bits >> (test % 64) & 1 == 1)
    }

    /// Is there a test that both have?
    fn meets(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).any(|(own, others)| own & others != 0)
    }
}

/// All tests of words that occur in rules.
#[derive(Debug, Default)]
struct WordTests {
    count: usize,
    /// Tests that a word passes by being listed, as bits.
    listed: BTreeMap<String, WordResults>,
    unlisted: Vec<(usize, Vec<String>)>,
    patterns: Vec<(usize, Pattern)>,
}

impl WordTests {
    /// Adds a test and gives its number.
    fn add(&mut self, test: &TextTest) -> Result<usize, PackageError> {
        let unsupported = |what: &str| PackageError::unsupported("attribute_ruler", what);
        let number = self.count;
        if number >= 256 {
            return Err(unsupported("more than 256 rules ask for words"));
        }
        match test {
            TextTest::In(texts) => {
                for text in texts {
                    self.listed.entry(text.clone()).or_default().set(number);
                }
            }
            TextTest::NotIn(texts) => self.unlisted.push((number, texts.clone())),
            TextTest::Matches(source) => {
                let pattern = Pattern::new(source).map_err(|e| unsupported(&e.to_string()))?;
                self.patterns.push((number, pattern));
            }
        }
        self.count += 1;
        Ok(number)
    }

    fn results(&self, lower: &str) -> WordResults {
        let mut results = self.listed.get(lower).copied().unwrap_or_default();
        for (test, texts) in &self.unlisted {
            if !texts.iter().any(|text| text == lower) {
                results.set(*test);
            }
        }
        for (test, pattern) in &self.patterns {
            if pattern.search(lower).is_some() {
                results.set(*test);
            }
        }
        results
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(tag: &str, lower: Option<TextTest>) -> RuleToken {
        RuleToken { tag: Some(TextTest::In(vec![tag.into()])), lower, ..RuleToken::default() }
    }

    #[test]
    fn the_later_rule_wins() {
        let mut names = Names::default();
        let rule = |patterns, set: &[(&str, &str)], index| Rule {
            patterns: vec![patterns],
            attributes: set.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect(),
            index,
        };
        let rules = [
            rule(vec![token("VB", None)], &[("POS", "VERB"), ("MORPH", "_")], 0),
            rule(
                vec![token("VB", Some(TextTest::In(vec!["be".into()])))],
                &[("POS", "AUX"), ("LEMMA", "be")],
                0,
            ),
            rule(
                vec![token("TO", None), token("VB", Some(TextTest::Matches("^g".into())))],
                &[("POS", "X")],
                1,
            ),
        ];
        let ruler = Ruler::new(&rules, &mut names).unwrap();
        let words = ["to", "be", "to", "go", "see"];
        let mut tokens: Vec<_> = ["TO", "VB", "TO", "VB", "VB"]
            .iter()
            .map(|tag| Attributes { tag: names.intern(tag), ..Attributes::default() })
            .collect();
        ruler.apply(&mut tokens, |_| false, |at| ruler.test_word(words[at]));
        let spelt: Vec<_> = tokens.iter().map(|t| (&**names.spell(t.pos), &**names.spell(t.lemma))).collect();
        assert_eq!(spelt, [("", ""), ("AUX", "be"), ("", ""), ("X", ""), ("VERB", "")]);
    }
}
