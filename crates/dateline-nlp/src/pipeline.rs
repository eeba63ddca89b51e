//! A [`Pipeline`]: a package's components, ready to annotate texts from any number of threads.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use dateline_model::{AnnotatedText, NamedEntity, Sentence, Span, Token};

use crate::lemmatizer::Lemmatizer;
use crate::lexeme::{Lexicon, Vocabulary};
use crate::names::{Name, Names};
use crate::network::{Kernel, Lane, Matrix, Rows, Tok2Vec, Tok2VecMemory, WINDOW, flat, flat_mut};
use crate::package::{About, Files, PackageError, Parts, TransitionParts};
use crate::ruler::{Attributes, Ruler};
use crate::tokenizer::{RawToken, Tokenizer};
use crate::transition::{Crossing, Entities, EntitySpan, Parser, Scorer, TokenFacts, Tree, VectorSource};
use crate::watch::{Component, Unwatched, Watch};
use crate::worker::Worker;

/// Made by `cargo xtask model`.
const ENGLISH: &[u8] = include_bytes!("../../../data/model/en.bin");

/// A loaded pipeline. It does not change, and may be shared by threads.
#[derive(Debug)]
pub struct Pipeline {
    about: About,
    kernel: Kernel,
    vocabulary: Vocabulary,
    tokenizer: Tokenizer,
    /// The token-to-vector networks, with their names.
    networks: Vec<(String, Tok2Vec)>,
    tagger: Option<Tagger>,
    parser: Option<(usize, Parser)>,
    entities: Option<(usize, Entities)>,
    ruler: Option<Ruler>,
    lemmatizer: Option<Lemmatizer>,
    labels: Labels,
    names: Names,
    /// Working memories that no thread is using.
    idle: Mutex<Vec<Worker>>,
}

/// The tagger: one linear layer on the vectors of a network.
#[derive(Debug)]
struct Tagger {
    network: usize,
    matrix: Matrix,
    tags: Vec<Name>,
}

/// Labels by the numbers that parser and recogniser use for them.
#[derive(Debug, Default)]
struct Labels {
    names: Vec<Name>,
    spelt: Vec<String>,
    /// For labels spelt `child||head`: the numbers of both.
    crossing: Vec<Option<(u16, u16)>>,
}

impl Pipeline {
    /// Loads an unmodified spaCy package, its folder or its wheel, or a file `….bin` that [`compact`] made.
    ///
    /// # Errors
    /// If files are missing or damaged, or if the package has a component that cannot be run.
    pub fn load(path: impl AsRef<Path>) -> Result<Self, PackageError> {
        Self::load_with(path, Kernel::best())
    }

    /// The same, computing with a given kernel.
    ///
    /// # Errors
    /// As [`Pipeline::load`].
    pub fn load_with(path: impl AsRef<Path>, kernel: Kernel) -> Result<Self, PackageError> {
        let path = path.as_ref();
        if path.extension().is_some_and(|extension| extension == "bin") {
            let file = std::fs::read(path);
            let file = file.map_err(|source| PackageError::Unreadable { path: path.into(), source })?;
            return Self::from_parts(Parts::from_compact(&file)?, kernel);
        }
        Self::from_parts(Parts::read(&Files::open(path)?)?, kernel)
    }

    /// The English pipeline that comes with this crate: `en_core_web_sm` 3.8.0, its weights stored as 16-bit numbers.
    ///
    /// # Errors
    /// If the file that was built in is damaged, which a test excludes.
    pub fn english() -> Result<Self, PackageError> {
        Self::english_with(Kernel::best())
    }

    /// The same, computing with a given kernel.
    ///
    /// # Errors
    /// As [`Pipeline::english`].
    pub fn english_with(kernel: Kernel) -> Result<Self, PackageError> {
        Self::from_parts(Parts::from_compact(ENGLISH)?, kernel)
    }

    pub(crate) fn from_parts(mut parts: Parts, kernel: Kernel) -> Result<Self, PackageError> {
        check_order(&parts.outline.about)?;
        let (mut names, mut labels) = (Names::default(), Labels::default());
        labels.number("", &mut names);
        let mut networks = Vec::new();
        for name in parts.outline.tok2vecs.keys() {
            networks.push((name.clone(), Tok2Vec::new(&parts, name, kernel)?));
        }
        let tagger = tagger(&parts, &networks, &mut names)?;
        let component = |kind: (&str, usize), outline: &TransitionParts| {
            let network = network(&networks, &outline.tok2vec)?;
            Ok::<_, PackageError>((network, Scorer::new(&parts, kind, &networks[network].1, kernel)?))
        };
        let mut parser = None;
        if let Some(outline) = &parts.outline.parser {
            let (network, scorer) = component(("parser", usize::MAX), outline)?;
            parser = Some((
                network,
                Parser::new(scorer, &outline.moves, |label| labels.number(label, &mut names))?,
            ));
        }
        let mut entities = None;
        if let Some(outline) = &parts.outline.ner {
            let (network, scorer) = component(("ner", 1), outline)?;
            entities = Some((
                network,
                Entities::new(scorer, &outline.moves, |label| labels.number(label, &mut names))?,
            ));
        }
        labels.find_crossing(&mut names);
        let rules = &parts.outline.rules;
        let ruler = if rules.is_empty() { None } else { Some(Ruler::new(rules, &mut names)?) };
        Ok(Self {
            vocabulary: Vocabulary::new(&parts.outline.norms),
            tokenizer: Tokenizer::new(&parts.outline.tokenizer)?,
            lemmatizer: parts.outline.lemmas.take().map(Lemmatizer::new),
            about: parts.outline.about,
            names,
            idle: Mutex::default(),
            kernel,
            networks,
            tagger,
            parser,
            entities,
            ruler,
            labels,
        })
    }

    /// What the package says of itself.
    #[must_use]
    pub fn about(&self) -> &About {
        &self.about
    }

    /// The kernel that computes.
    #[must_use]
    pub fn kernel(&self) -> Kernel {
        self.kernel
    }

    fn worker(&self) -> Worker {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        idle.unwrap_or_else(|| {
            let networks = self.networks.iter().map(|(_, network)| network.memory());
            Worker::new(networks.collect(), &self.names)
        })
    }

    fn give_back(&self, mut worker: Worker) {
        worker.rest();
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(worker);
    }

    /// Tags and parses. One pass over the text serves both where they share a network.
    fn tag_and_parse(
        &self,
        tokens: &[RawToken],
        worker: &mut Worker,
        watch: &mut impl Watch,
    ) -> (Vec<Name>, Tree) {
        watch.turn(Component::Parser);
        let Worker { chunks, networks, scorer, .. } = worker;
        let mut tags = Vec::new();
        let mut tree = None;
        let parsing = self.parser.as_ref().map(|(network, _)| *network);
        let tagging = self.tagger.as_ref().map(|tagger| tagger.network);
        for (number, memory) in networks.iter_mut().enumerate() {
            if tagging != Some(number) && parsing != Some(number) {
                continue;
            }
            let tagger = self.tagger.as_ref().filter(|tagger| tagger.network == number);
            let mut reading = self.reading(number, tokens, &chunks.lexicon, (memory, &mut *watch));
            reading.tagger = tagger;
            if let Some((_, parser)) = self.parser.as_ref().filter(|_| parsing == Some(number)) {
                tree = Some(parser.parse(tokens.len(), &mut reading, scorer));
            }
            if tagger.is_some() {
                tags = reading.all_tags();
            }
        }
        let tree = tree.map(|tree| self.tree(tree, tokens, worker));
        (tags, tree.unwrap_or_default())
    }

    /// Reads the vectors of `tokens` with the network of this number.
    fn reading<'a, W: Watch>(
        &'a self,
        network: usize,
        tokens: &'a [RawToken],
        lexicon: &'a Lexicon,
        (memory, watch): (&'a mut Tok2VecMemory, &'a mut W),
    ) -> Reading<'a, W> {
        Reading {
            network: &self.networks[network].1,
            tokens,
            words: (lexicon, &self.vocabulary),
            memory,
            watch,
            reader: Component::Parser,
            tagger: None,
            kernel: self.kernel,
            tags: Vec::new(),
            buffer: Vec::new(),
        }
    }

    fn tree(&self, mut tree: Tree, tokens: &[RawToken], worker: &Worker) -> Tree {
        if let Some(root) = self.labels.find("ROOT") {
            tree.label_roots(root);
        }
        let crossing = |label: u16| {
            let found = self.labels.crossing.get(usize::from(label)).copied().flatten();
            found.map(|(child, head)| Crossing { child, head })
        };
        let lexicon = &worker.chunks.lexicon;
        tree.uncross(crossing, |token| lexicon.lexeme(tokens[token].lexeme).space);
        tree
    }

    fn find_entities(
        &self,
        tokens: &[RawToken],
        tree: &Tree,
        worker: &mut Worker,
        watch: &mut impl Watch,
    ) -> Vec<EntitySpan> {
        watch.turn(Component::Names);
        let Some((network, entities)) = &self.entities else { return Vec::new() };
        let Worker { chunks, networks, scorer, .. } = worker;
        let Some(memory) = networks.get_mut(*network) else { return Vec::new() };
        let mut reading = self.reading(*network, tokens, &chunks.lexicon, (memory, &mut *watch));
        reading.reader = Component::Names;
        let facts = |token: usize| TokenFacts {
            space: tokens.get(token).is_some_and(|t| chunks.lexicon.lexeme(t.lexeme).space),
            begins_sentence: tree.begins_sentence.get(token).copied().unwrap_or(false),
        };
        entities.find(tokens.len(), facts, &mut reading, scorer)
    }

    /// Parts of speech, features and lemmas that rules give.
    fn apply_rules(&self, tokens: &[RawToken], attributes: &mut [Attributes], worker: &mut Worker) {
        let Some(ruler) = &self.ruler else { return };
        worker.test_words(ruler);
        let lexicon = &worker.chunks.lexicon;
        let tests = &worker.word_tests;
        ruler.apply(
            attributes,
            |token| lexicon.lexeme(tokens[token].lexeme).space,
            |token| tests.get(tokens[token].lexeme as usize).copied().unwrap_or_default(),
        );
    }

    /// The finished tokens.
    fn finish(
        &self,
        tokens: &[RawToken],
        attributes: &[Attributes],
        tree: &Tree,
        worker: &mut Worker,
    ) -> Vec<Token> {
        let finished = tokens.iter().zip(attributes).enumerate().map(|(index, (token, attributes))| {
            let lemma = match &self.lemmatizer {
                Some(lemmatizer) if attributes.lemma == Name::default() => {
                    worker.lemma(token.lexeme, attributes, lemmatizer)
                }
                _ => Arc::clone(worker.names.spell(attributes.lemma)),
            };
            let spell = |name: Name| Arc::clone(worker.names.spell(name));
            Token {
                span: Span::new(token.start, token.end),
                tag: spell(attributes.tag),
                pos: spell(attributes.pos),
                lemma,
                head: tree.arcs.get(index).map_or(index as u32, |arc| arc.head),
                dep: spell(attributes.dep),
            }
        });
        finished.collect()
    }
}

/// Packs a package, a folder or a wheel, into the bytes of one small file. Weights keep 16 bits.
///
/// # Errors
/// As [`Pipeline::load`]; also if the package has word vectors, which such a file cannot hold.
pub fn compact(path: impl AsRef<Path>) -> Result<Vec<u8>, PackageError> {
    Parts::read(&Files::open(path.as_ref())?)?.to_compact()
}

/// Annotates a text. The result depends on the text and on the package alone.
#[must_use]
pub fn annotate(pipeline: &Pipeline, text: &str) -> AnnotatedText {
    annotate_watched(pipeline, text, &mut Unwatched)
}

/// The same, while `watch` is told which component is at work.
#[must_use]
pub fn annotate_watched(pipeline: &Pipeline, text: &str, watch: &mut impl Watch) -> AnnotatedText {
    watch.turn(Component::Tokenizer);
    // Offsets have 32 bits.
    let text = &text[..text.floor_char_boundary(u32::MAX as usize)];
    let mut worker = pipeline.worker();
    let tokens = pipeline.tokenizer.tokenize(text, &pipeline.vocabulary, &mut worker.chunks);
    let (tags, tree) = pipeline.tag_and_parse(&tokens, &mut worker, watch);
    watch.turn(Component::Rules);
    let mut attributes: Vec<Attributes> = vec![Attributes::default(); tokens.len()];
    for (token, attributes) in attributes.iter_mut().enumerate() {
        attributes.tag = tags.get(token).copied().unwrap_or_default();
        attributes.dep =
            tree.arcs.get(token).map_or_else(Name::default, |arc| pipeline.labels.name(arc.label));
    }
    pipeline.apply_rules(&tokens, &mut attributes, &mut worker);
    let finished = pipeline.finish(&tokens, &attributes, &tree, &mut worker);
    let spans = pipeline.find_entities(&tokens, &tree, &mut worker, watch);
    watch.turn(Component::Rules);
    let whole = |first: u32, end: u32| {
        Span::new(finished[first as usize].span.start, finished[end as usize - 1].span.end)
    };
    let name = |found: &EntitySpan| NamedEntity {
        span: whole(found.start, found.end),
        entity_type: Arc::clone(worker.names.spell(pipeline.labels.name(found.label))),
        first: found.start,
        end: found.end,
    };
    let names = spans.iter().map(name).collect();
    let sentence = |(first, end): (u32, u32)| Sentence { span: whole(first, end), first, end };
    let sentences = sentences(&tree, finished.len()).into_iter().map(sentence).collect();
    pipeline.give_back(worker);
    AnnotatedText { tokens: finished, sentences, names }
}

/// From each beginning to the next; without a parser there is one sentence.
fn sentences(tree: &Tree, count: usize) -> Vec<(u32, u32)> {
    let begins = |token: &usize| *token == 0 || tree.begins_sentence.get(*token).copied().unwrap_or(false);
    let starts: Vec<u32> = (0..count).filter(begins).map(|token| token as u32).collect();
    let ends = starts.iter().copied().skip(1).chain([count as u32]);
    starts.iter().copied().zip(ends).collect()
}

/// A text being read by a network, window by window, and tagged on the way where there is a tagger.
struct Reading<'a, W> {
    network: &'a Tok2Vec,
    tokens: &'a [RawToken],
    words: (&'a Lexicon, &'a Vocabulary),
    memory: &'a mut Tok2VecMemory,
    watch: &'a mut W,
    /// The component that reads.
    reader: Component,
    tagger: Option<&'a Tagger>,
    kernel: Kernel,
    tags: Vec<Name>,
    buffer: Vec<Lane>,
}

impl<W: Watch> VectorSource for Reading<'_, W> {
    fn window(&mut self, number: usize) -> &[f32] {
        let from = (number * WINDOW).min(self.tokens.len());
        let to = (from + WINDOW).min(self.tokens.len());
        self.watch.turn(Component::Vectors);
        let vectors = self.network.vectors(self.tokens, (from, to), self.words, self.memory);
        if let Some(tagger) = self.tagger.filter(|_| self.tags.len() == from) {
            self.watch.turn(Component::Tagger);
            tagger.tag(vectors, self.kernel, &mut self.buffer, &mut self.tags);
        }
        self.watch.turn(self.reader);
        vectors
    }
}

impl<W: Watch> Reading<'_, W> {
    /// The tags of all tokens; windows that nobody asked for yet are read now.
    fn all_tags(mut self) -> Vec<Name> {
        while self.tags.len() < self.tokens.len() {
            self.window(self.tags.len() / WINDOW);
        }
        self.tags
    }
}

impl Tagger {
    fn tag(&self, vectors: &[f32], kernel: Kernel, buffer: &mut Vec<Lane>, tags: &mut Vec<Name>) {
        let rows = Rows::dense(vectors, self.matrix.inputs());
        let outputs = self.matrix.outputs();
        buffer.resize(rows.count * outputs / 16, Lane::ZERO);
        kernel.multiply(rows, &self.matrix, flat_mut(buffer));
        for scores in flat(buffer).chunks_exact(outputs).take(rows.count) {
            let scores = &scores[..self.tags.len()];
            let greatest = kernel.greatest(scores);
            let best = scores.iter().position(|&score| score == greatest);
            tags.push(best.and_then(|class| self.tags.get(class)).copied().unwrap_or_default());
        }
    }
}

impl Labels {
    /// The number of a label; it is added if it is new.
    fn number(&mut self, label: &str, names: &mut Names) -> u16 {
        if let Some(number) = self.find(label) {
            return number;
        }
        self.names.push(names.intern(label));
        self.spelt.push(label.to_owned());
        (self.spelt.len() - 1) as u16
    }

    fn find(&self, label: &str) -> Option<u16> {
        self.spelt.iter().position(|known| known == label).map(|number| number as u16)
    }

    fn name(&self, number: u16) -> Name {
        self.names.get(usize::from(number)).copied().unwrap_or_default()
    }

    fn find_crossing(&mut self, names: &mut Names) {
        self.number("ROOT", names);
        let pairs: Vec<Option<(String, String)>> = self
            .spelt
            .iter()
            .map(|label| label.split_once("||").map(|(child, head)| (child.to_owned(), head.to_owned())))
            .collect();
        self.crossing = pairs
            .into_iter()
            .map(|pair| pair.map(|(child, head)| (self.number(&child, names), self.number(&head, names))))
            .collect();
    }
}

fn network(networks: &[(String, Tok2Vec)], name: &str) -> Result<usize, PackageError> {
    let found = networks.iter().position(|(known, _)| known == name);
    found.ok_or_else(|| PackageError::unsupported(name, "the network is not there"))
}

fn tagger(
    parts: &Parts,
    networks: &[(String, Tok2Vec)],
    names: &mut Names,
) -> Result<Option<Tagger>, PackageError> {
    let Some(outline) = &parts.outline.tagger else { return Ok(None) };
    let network = network(networks, &outline.tok2vec)?;
    let inputs = networks[network].1.width();
    let (Some(weights), Some(bias)) = (parts.arrays.get("tagger/W"), parts.arrays.get("tagger/b")) else {
        return Err(PackageError::unsupported("tagger", "the weights are not there"));
    };
    if weights.dim(1) != inputs {
        return Err(PackageError::unsupported("tagger", "its width is not its network's"));
    }
    let matrix =
        Matrix::pack(inputs, outline.labels.len(), 3, |o, i| weights.data[o * inputs + i], |o| bias.data[o]);
    let tags = outline.labels.iter().map(|label| names.intern(label)).collect();
    Ok(Some(Tagger { network, matrix, tags }))
}

/// Components are run in one order; a package that has another would get other results.
fn check_order(about: &About) -> Result<(), PackageError> {
    const ORDER: [(&str, &str); 3] =
        [("parser", "ner"), ("parser", "attribute_ruler"), ("attribute_ruler", "lemmatizer")];
    let place = |name: &str| about.pipeline.iter().position(|component| component == name);
    for (first, second) in ORDER {
        if let (Some(a), Some(b)) = (place(first), place(second))
            && a > b
        {
            return Err(PackageError::unsupported(second, format!("it would have to run before {first}")));
        }
    }
    Ok(())
}
