//! A rule made ready to run: a few steps that read tokens from left to right, with every choice tried.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::lexicon::{ClassId, Lexicon, WordId};
use crate::pattern::{Look, Pattern};
use crate::scan::{Gap, Token};
use crate::slot::{Reading, Slot};

/// The steps of one rule.
#[derive(Debug)]
pub(crate) struct Program {
    steps: Vec<Step>,
    /// What the steps that look around look for.
    sights: Vec<Vec<Terminal>>,
}

/// A step is small: at every word of a text steps of many rules are looked at, and fetching them from memory is
/// what takes the time.
#[derive(Clone, Copy, Debug)]
enum Step {
    Read(Terminal),
    Glued,
    Take(Slot, i32),
    Begin,
    Divide,
    /// By its number in [`Program::sights`], what must be seen, or must not.
    Look(Look, u32),
    Or(Fork),
    Go(u32),
}

/// Go on with the next step, and try the other one too.
#[derive(Clone, Copy, Debug, Default)]
struct Fork {
    other: u32,
    /// The words that the next step, and the other one, can go on with; filled once all rules are compiled.
    sets: [u32; 2],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Terminal {
    Word(WordId),
    Class(ClassId),
}

/// What a program has read: one expression, the two ends of a range, or all of a list.
#[derive(Clone, Debug)]
pub(crate) struct Match {
    /// One past the last token read.
    pub(crate) end: usize,
    /// The expressions, by their tokens, each with what it tells.
    pub(crate) found: Vec<Found>,
}

/// One expression's tokens, the end not included, and its facts.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) tokens: (usize, usize),
    pub(crate) reading: Reading,
}

/// More steps than this for one rule at one place are not made: no pattern needs them.
const STEP_LIMIT: usize = 4_000;

impl Program {
    /// Makes a pattern ready; a fault names the class, slot or fragment that does not exist.
    pub(crate) fn compile(
        pattern: &Pattern,
        fragments: &BTreeMap<String, Pattern>,
        lexicon: &mut Lexicon,
    ) -> Result<Self, String> {
        let mut compiler = Compiler { steps: Vec::new(), sights: Vec::new(), fragments, lexicon, depth: 0 };
        compiler.add(pattern)?;
        Ok(Self { steps: compiler.steps, sights: compiler.sights })
    }

    /// The longest way to read the tokens from `at` on; among equals the one that the rule names first.
    pub(crate) fn longest(&self, at: usize, text: &Reader<'_>) -> Option<Match> {
        let mut best: Option<Match> = None;
        let mut threads = Vec::new();
        let mut current = Some(Thread::at(at));
        let mut steps = 0;
        while let Some(mut thread) = current.take().or_else(|| threads.pop()) {
            while thread.step < self.steps.len() && steps < STEP_LIMIT {
                steps += 1;
                if let Some(other) = self.advance(&mut thread, text) {
                    threads.push(other);
                }
            }
            if thread.step == self.steps.len() && best.as_ref().is_none_or(|b| b.end < thread.token) {
                best = thread.finish();
            }
        }
        best.filter(|m| m.end > at)
    }

    /// How far the rule can read from `at` on, without taking anything down: most rules at most
    /// places read nothing, and this tells so cheaply.
    pub(crate) fn reach(
        &self,
        at: usize,
        text: &Reader<'_>,
        todo: &mut Vec<(usize, usize)>,
    ) -> Option<usize> {
        let (mut best, mut steps) = (at, 0);
        todo.clear();
        todo.push((0, at));
        while let Some((mut step, mut token)) = todo.pop() {
            while let Some(this) = self.steps.get(step).filter(|_| steps < STEP_LIMIT) {
                steps += 1;
                step += 1;
                match *this {
                    Step::Read(terminal) => match text.read(terminal, token, at) {
                        Some((end, _)) => token = end,
                        None => step = Thread::FAILED,
                    },
                    Step::Glued if !text.is_glued(token) => step = Thread::FAILED,
                    Step::Look(look, sight) if !text.sees(look, self.sight(sight), token) => {
                        step = Thread::FAILED;
                    }
                    Step::Or(fork) => match text.open(fork, token) {
                        [true, true] => todo.push((fork.other as usize, token)),
                        [true, false] => {}
                        [false, true] => step = fork.other as usize,
                        [false, false] => step = Thread::FAILED,
                    },
                    Step::Go(other) => step = other as usize,
                    _ => {}
                }
            }
            if step == self.steps.len() {
                best = best.max(token);
            }
        }
        (best > at).then_some(best)
    }

    fn sight(&self, number: u32) -> &[Terminal] {
        self.sights.get(number as usize).map_or(&[], Vec::as_slice)
    }

    /// Works out for each step which words can come next, and returns the words that the program can
    /// begin with, each with the set of those that can follow it.
    pub(crate) fn prepare(&mut self, lexicon: &Lexicon, sets: &mut WordSets) -> Vec<(WordId, u32)> {
        // Steps only lead forward, so one pass from the end does it.
        let anything = Arc::new(WordSet::anything());
        let mut next = vec![anything; self.steps.len() + 1];
        for (at, step) in self.steps.iter().enumerate().rev() {
            next[at] = match step {
                Step::Read(terminal) => sets.of_terminal(*terminal, lexicon),
                Step::Or(fork) => Arc::new(next[at + 1].union(&next[fork.other as usize])),
                Step::Go(other) => Arc::clone(&next[*other as usize]),
                _ => Arc::clone(&next[at + 1]),
            };
        }
        let mut following: BTreeMap<WordId, WordSet> = BTreeMap::new();
        for (terminal, after) in self.first_reads() {
            // A number may go on for more than one token.
            let then = match terminal.is_number() {
                true => Arc::new(next[after].union(&WordSet::of(&lexicon.within_numbers()))),
                false => Arc::clone(&next[after]),
            };
            for word in sets.of_terminal(terminal, lexicon).words() {
                following.entry(word).or_insert_with(|| WordSet::of(&[])).add(&then);
            }
        }
        for (at, step) in self.steps.iter_mut().enumerate() {
            if let Step::Or(fork) = step {
                fork.sets = [at + 1, fork.other as usize].map(|way| sets.number(&next[way]));
            }
        }
        following.into_iter().map(|(word, set)| (word, sets.number(&set))).collect()
    }

    /// What can be read first, each with the step after it.
    fn first_reads(&self) -> Vec<(Terminal, usize)> {
        let (mut reads, mut todo) = (Vec::new(), vec![0]);
        let mut seen = vec![false; self.steps.len() + 1];
        while let Some(step) = todo.pop() {
            if std::mem::replace(&mut seen[step], true) {
                continue;
            }
            match self.steps.get(step) {
                None => {}
                Some(Step::Read(terminal)) => reads.push((*terminal, step + 1)),
                Some(Step::Or(fork)) => todo.extend([fork.other as usize, step + 1]),
                Some(Step::Go(other)) => todo.push(*other as usize),
                Some(_) => todo.push(step + 1),
            }
        }
        reads
    }

    /// Makes one step; where there is a choice, the other way is returned.
    fn advance(&self, thread: &mut Thread, text: &Reader<'_>) -> Option<Thread> {
        let step = thread.step;
        thread.step += 1;
        match self.steps[step] {
            Step::Read(terminal) => thread.read(terminal, text),
            Step::Glued if !text.is_glued(thread.token) => thread.fail(),
            Step::Take(slot, value) => thread.reading.take(slot, value),
            Step::Begin => thread.start = thread.token,
            Step::Divide => thread.divide(),
            Step::Look(look, sight) if !text.sees(look, self.sight(sight), thread.token) => thread.fail(),
            Step::Glued | Step::Look(..) => {}
            Step::Or(fork) => match text.open(fork, thread.token) {
                [true, true] => return Some(Thread { step: fork.other as usize, ..thread.clone() }),
                [true, false] => {}
                [false, true] => thread.step = fork.other as usize,
                [false, false] => thread.fail(),
            },
            Step::Go(other) => thread.step = other as usize,
        }
        None
    }
}

#[derive(Clone)]
struct Thread {
    step: usize,
    origin: usize,
    token: usize,
    start: usize,
    reading: Reading,
    ended: Vec<Found>,
    between: bool,
}

impl Thread {
    const FAILED: usize = usize::MAX;

    fn at(token: usize) -> Self {
        Self {
            step: 0,
            origin: token,
            token,
            start: token,
            reading: Reading::new(),
            ended: Vec::new(),
            between: false,
        }
    }

    fn fail(&mut self) {
        self.step = Self::FAILED;
    }

    fn read(&mut self, terminal: Terminal, text: &Reader<'_>) {
        match text.read(terminal, self.token, self.origin) {
            None => self.fail(),
            Some((end, fact)) => {
                self.token = end;
                if let Some((slot, value)) = fact {
                    self.reading.take(slot, value);
                }
            }
        }
    }

    fn divide(&mut self) {
        if self.between {
            self.start = self.token;
            self.between = false;
        } else {
            let reading = std::mem::replace(&mut self.reading, Reading::new());
            self.ended.push(Found { tokens: (self.start, self.token), reading });
            self.between = true;
        }
    }

    fn finish(mut self) -> Option<Match> {
        let last = Found { tokens: (self.start, self.token), reading: self.reading };
        if last.tokens.0 >= last.tokens.1 {
            return None;
        }
        self.ended.push(last);
        Some(Match { end: self.token, found: self.ended })
    }
}

/// A text with what is needed to read it.
pub(crate) struct Reader<'a> {
    pub(crate) tokens: &'a [Token],
    pub(crate) lexicon: &'a Lexicon,
    pub(crate) sets: &'a WordSets,
}

impl Reader<'_> {
    /// Reads a terminal at `token`, in an expression that begins at `origin`: one past its last
    /// token, and the fact to take down. An empty line ends every expression.
    fn read(&self, terminal: Terminal, token: usize, origin: usize) -> Option<(usize, Option<(Slot, i32)>)> {
        let parted = token > origin && self.tokens.get(token)?.gap == Gap::Break;
        if parted { None } else { terminal.read(token, self.tokens, self.lexicon) }
    }

    /// Can the ways of a fork read the next token? A way that cannot is not gone.
    fn open(&self, fork: Fork, token: usize) -> [bool; 2] {
        let word = self.tokens.get(token).map(|t| t.word);
        fork.sets.map(|set| self.sets.allows(set, word))
    }

    fn is_glued(&self, token: usize) -> bool {
        self.tokens.get(token).is_some_and(|t| t.gap == Gap::None)
    }

    fn sees(&self, look: Look, terminals: &[Terminal], token: usize) -> bool {
        let place = match look {
            Look::After | Look::NotAfter => token.checked_sub(1),
            Look::Before | Look::NotBefore => Some(token),
        };
        // An empty line parts a token from its neighbours.
        let parted = self.tokens.get(token).is_some_and(|t| t.gap == Gap::Break);
        let is_one = |at| terminals.iter().any(|t| t.read(at, self.tokens, self.lexicon).is_some());
        (!parted && place.is_some_and(is_one)) == matches!(look, Look::After | Look::Before)
    }
}

impl Terminal {
    /// One past what the terminal reads at token `at`, and the fact to take down.
    fn read(self, at: usize, tokens: &[Token], lexicon: &Lexicon) -> Option<(usize, Option<(Slot, i32)>)> {
        let token = tokens.get(at)?;
        match self {
            Self::Word(word) => (token.word == word).then_some((at + 1, None)),
            Self::Class(ClassId::Words(class, slot)) => {
                lexicon.meaning(token, class).map(|value| (at + 1, slot.map(|slot| (slot, value))))
            }
            Self::Class(ClassId::Numbers(class, slot)) => {
                lexicon.number(tokens, at, class).map(|n| (n.end, slot.map(|slot| (slot, n.value))))
            }
        }
    }

    fn is_number(self) -> bool {
        matches!(self, Self::Class(ClassId::Numbers(..)))
    }

    fn first_words(self, lexicon: &Lexicon) -> Vec<WordId> {
        match self {
            Self::Word(word) => vec![word],
            Self::Class(ClassId::Words(class, _)) => lexicon.words_of(class).collect(),
            Self::Class(ClassId::Numbers(class, _)) => {
                let all = (0..u16::try_from(lexicon.len()).unwrap_or(u16::MAX)).map(WordId);
                all.filter(|word| lexicon.begins_number(*word, class)).collect()
            }
        }
    }
}

/// Words of the vocabulary, as bits; or whatever comes, the end of the text too.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct WordSet {
    anything: bool,
    bits: Vec<u64>,
}

impl WordSet {
    fn anything() -> Self {
        Self { anything: true, bits: Vec::new() }
    }

    fn of(words: &[WordId]) -> Self {
        let mut set = Self { anything: false, bits: Vec::new() };
        for WordId(word) in words {
            let (place, bit) = (usize::from(*word) / 64, *word % 64);
            set.bits.resize(set.bits.len().max(place + 1), 0);
            set.bits[place] |= 1 << bit;
        }
        set
    }

    fn union(&self, other: &Self) -> Self {
        let mut union = self.clone();
        union.add(other);
        union
    }

    fn add(&mut self, other: &Self) {
        self.anything |= other.anything;
        self.bits.resize(self.bits.len().max(other.bits.len()), 0);
        for (a, b) in self.bits.iter_mut().zip(&other.bits) {
            *a |= b;
        }
    }

    fn has(&self, WordId(word): WordId) -> bool {
        self.bits.get(usize::from(word) / 64).is_some_and(|bits| bits >> (word % 64) & 1 == 1)
    }

    fn words(&self) -> Vec<WordId> {
        (0..=u16::MAX).take(self.bits.len() * 64).map(WordId).filter(|word| self.has(*word)).collect()
    }
}

/// The sets of words of all programs, each kept once.
#[derive(Debug, Default)]
pub(crate) struct WordSets {
    numbers: BTreeMap<WordSet, u32>,
    #[expect(
        clippy::disallowed_types,
        reason = "looked up only, never walked: a look-up for every step of a rule"
    )]
    terminals: std::collections::HashMap<Terminal, Arc<WordSet>>,
    /// For each word the sets that hold it, as bits; a last row for the end of the text.
    table: Vec<u64>,
    /// How many of `table` belong to one word.
    row: usize,
}

impl WordSets {
    /// Makes the table, once all programs are prepared.
    pub(crate) fn finish(&mut self, lexicon: &Lexicon) {
        self.row = self.numbers.len().div_ceil(64);
        self.table = vec![0; (lexicon.len() + 1) * self.row];
        for (set, number) in &self.numbers {
            let (place, bit) = (*number as usize / 64, *number % 64);
            for word in 0..=lexicon.len() {
                let holds = set.anything || u16::try_from(word).is_ok_and(|w| set.has(WordId(w)));
                self.table[word * self.row + place] |= u64::from(holds) << bit;
            }
        }
    }

    /// Is the word, or the end of the text, in that set?
    pub(crate) fn allows(&self, set: u32, word: Option<WordId>) -> bool {
        let end = self.table.len() - self.row;
        let row = word.map_or(end, |word| usize::from(word.0) * self.row);
        self.table.get(row + set as usize / 64).is_none_or(|bits| bits >> (set % 64) & 1 == 1)
    }

    fn number(&mut self, set: &WordSet) -> u32 {
        if let Some(known) = self.numbers.get(set) {
            return *known;
        }
        let fresh = u32::try_from(self.numbers.len()).unwrap_or(u32::MAX);
        self.numbers.insert(set.clone(), fresh);
        fresh
    }

    fn of_terminal(&mut self, terminal: Terminal, lexicon: &Lexicon) -> Arc<WordSet> {
        let of_words = || Arc::new(WordSet::of(&terminal.first_words(lexicon)));
        Arc::clone(self.terminals.entry(terminal).or_insert_with(of_words))
    }
}

struct Compiler<'a> {
    steps: Vec<Step>,
    sights: Vec<Vec<Terminal>>,
    fragments: &'a BTreeMap<String, Pattern>,
    lexicon: &'a mut Lexicon,
    depth: usize,
}

impl Compiler<'_> {
    /// Fragments may name fragments, this deep.
    const DEPTH: usize = 12;

    fn add(&mut self, pattern: &Pattern) -> Result<(), String> {
        match pattern {
            Pattern::Word(_) | Pattern::Class { .. } => {
                let terminal = self.terminal(pattern)?;
                self.steps.push(Step::Read(terminal));
            }
            Pattern::Fragment(name) => self.fragment(name)?,
            Pattern::Sequence(parts) => parts.iter().try_for_each(|part| self.add(part))?,
            Pattern::Choice(choices) => self.choice(choices)?,
            Pattern::Maybe(inner) => {
                let or = self.placeholder();
                self.add(inner)?;
                self.steps[or] = self.fork()?;
            }
            Pattern::Glued => self.steps.push(Step::Glued),
            Pattern::Take { slot, value } => {
                let found = Slot::named(slot).ok_or(format!("there is no slot {slot}"))?;
                let value = found.symbol(value).ok_or(format!("{value} is no value of {slot}"))?;
                self.steps.push(Step::Take(found, value));
            }
            Pattern::Begin => self.steps.push(Step::Begin),
            Pattern::Divide => self.steps.push(Step::Divide),
            Pattern::Look { look, terminals } => {
                let terminals = terminals.iter().map(|t| self.terminal(t)).collect::<Result<_, _>>()?;
                let number = u32::try_from(self.sights.len()).map_err(|e| e.to_string())?;
                self.sights.push(terminals);
                self.steps.push(Step::Look(*look, number));
            }
        }
        Ok(())
    }

    fn fragment(&mut self, name: &str) -> Result<(), String> {
        let fragments = self.fragments;
        let pattern = fragments.get(name).ok_or(format!("there is no fragment {name}"))?;
        self.depth += 1;
        if self.depth > Self::DEPTH {
            return Err(format!("fragment {name} holds itself"));
        }
        self.add(pattern)?;
        self.depth -= 1;
        Ok(())
    }

    /// Choices fork by halves, so that few forks lead to each of many.
    fn choice(&mut self, choices: &[Pattern]) -> Result<(), String> {
        if let [only] = choices {
            return self.add(only);
        }
        let (first, second) = choices.split_at(choices.len().div_ceil(2));
        if second.is_empty() {
            return Ok(());
        }
        let or = self.placeholder();
        self.choice(first)?;
        let go = self.placeholder();
        self.steps[or] = self.fork()?;
        self.choice(second)?;
        self.steps[go] = Step::Go(self.here()?);
        Ok(())
    }

    /// The place of the next step.
    fn here(&self) -> Result<u32, String> {
        u32::try_from(self.steps.len()).map_err(|e| e.to_string())
    }

    /// A fork whose other way begins here.
    fn fork(&self) -> Result<Step, String> {
        Ok(Step::Or(Fork { other: self.here()?, ..Fork::default() }))
    }

    fn placeholder(&mut self) -> usize {
        self.steps.push(Step::Go(0));
        self.steps.len() - 1
    }

    fn terminal(&mut self, pattern: &Pattern) -> Result<Terminal, String> {
        match pattern {
            Pattern::Word(word) => Ok(Terminal::Word(self.lexicon.intern(word))),
            Pattern::Class { name, slot } => {
                let class = self.lexicon.class(name).ok_or(format!("there is no class <{name}>"))?;
                let Some(slot) = slot else { return Ok(Terminal::Class(class)) };
                let slot = Some(Slot::named(slot).ok_or(format!("there is no slot {slot}"))?);
                Ok(Terminal::Class(match class {
                    ClassId::Words(id, _) => ClassId::Words(id, slot),
                    ClassId::Numbers(id, _) => ClassId::Numbers(id, slot),
                }))
            }
            other => Err(format!("{other:?} is no single word or class")),
        }
    }
}
