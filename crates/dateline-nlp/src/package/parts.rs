//! All that inference needs of a package: the outline (labels, rules, patterns, tables) and the weights by name.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::config::Config;
use super::weights::{Array, Graph, Node};
use super::{Files, PackageError, Value, lookups};

/// A pipeline as it was trained, whatever file it came from.
#[derive(Debug)]
pub(crate) struct Parts {
    pub(crate) outline: Outline,
    /// The weights, by names like `parser/upper/W`.
    pub(crate) arrays: BTreeMap<String, Array>,
    pub(crate) vectors: Option<Arc<Vectors>>,
}

/// Everything but the weights.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Outline {
    pub(crate) about: About,
    pub(crate) tokenizer: TokenizerParts,
    /// Norms by the id of the text.
    pub(crate) norms: Vec<(u64, String)>,
    /// The token-to-vector networks, by the component that owns them.
    pub(crate) tok2vecs: BTreeMap<String, Tok2VecParts>,
    pub(crate) tagger: Option<TaggerParts>,
    pub(crate) parser: Option<TransitionParts>,
    pub(crate) ner: Option<TransitionParts>,
    pub(crate) rules: Vec<Rule>,
    pub(crate) lemmas: Option<LemmaTables>,
}

/// What a package says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct About {
    /// The language's code, such as `en`.
    pub language: String,
    /// The name without the language, such as `core_web_sm`.
    pub name: String,
    /// The package's version.
    pub version: String,
    /// The licence that the package names.
    pub license: String,
    /// The components that this runtime runs, in order.
    pub pipeline: Vec<String>,
}

impl About {
    /// What the package at `path`, a folder or a wheel, says of itself; its weights are not read.
    ///
    /// # Errors
    /// If it is no package.
    pub fn of(path: impl AsRef<std::path::Path>) -> Result<Self, PackageError> {
        let files = Files::open(path.as_ref())?;
        let config = Config::read(&String::from_utf8_lossy(&files.read("config.cfg")?));
        about(&files, &config)
    }

    /// The package's name as Python knows it: `en_core_web_sm`.
    #[must_use]
    pub fn package(&self) -> String {
        format!("{}_{}", self.language, self.name)
    }
}

/// The patterns of the tokenizer, as Python regular expressions, and its special cases.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct TokenizerParts {
    pub(crate) prefix: Option<String>,
    pub(crate) suffix: Option<String>,
    pub(crate) infix: Option<String>,
    pub(crate) token: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) exceptions: Vec<SpecialCase>,
    /// Are only those special cases sought across chunks that an affix pattern would cut?
    pub(crate) faster_heuristics: bool,
}

/// A text, and the tokens it falls into: each with its text and its norm.
pub(crate) type SpecialCase = (String, Vec<(String, Option<String>)>);

/// The shape of a token-to-vector network; its weights lie under `NAME/…`.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Tok2VecParts {
    /// The attributes that are embedded, each with the seed of its table.
    pub(crate) columns: Vec<(String, u32)>,
    /// The number of window layers.
    pub(crate) depth: usize,
}

/// Where a component takes its vectors from: the name of a network in [`Outline::tok2vecs`].
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct TaggerParts {
    pub(crate) tok2vec: String,
    pub(crate) labels: Vec<String>,
}

/// A component that builds its answer by actions.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct TransitionParts {
    pub(crate) tok2vec: String,
    /// The actions by class: number of the action, and label.
    pub(crate) moves: Moves,
}

/// Actions with their labels, in the order of the network's classes.
pub(crate) type Moves = Vec<(u8, String)>;

/// One rule of the attribute ruler.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Rule {
    /// Any of these sequences of tokens …
    pub(crate) patterns: Vec<Vec<RuleToken>>,
    /// … sets these attributes …
    pub(crate) attributes: BTreeMap<String, String>,
    /// … of its token with this number (counted from the end where negative).
    pub(crate) index: i64,
}

/// What a rule asks of one token.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct RuleToken {
    pub(crate) tag: Option<TextTest>,
    pub(crate) lower: Option<TextTest>,
    pub(crate) dep: Option<TextTest>,
    pub(crate) space: Option<bool>,
}

/// What a rule asks of a text.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum TextTest {
    In(Vec<String>),
    NotIn(Vec<String>),
    /// A Python regular expression that is found somewhere in it.
    Matches(String),
}

/// The tables of the rule lemmatiser, by part of speech in lower case.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct LemmaTables {
    /// Endings and what replaces them.
    pub(crate) rules: BTreeMap<String, Vec<(String, String)>>,
    /// Forms and their lemmas.
    pub(crate) exceptions: BTreeMap<String, BTreeMap<String, Vec<String>>>,
    /// Known lemmas.
    pub(crate) index: BTreeMap<String, Vec<String>>,
}

/// Word vectors that were trained elsewhere.
#[derive(Debug)]
pub(crate) struct Vectors {
    /// One row a vector.
    pub(crate) rows: Array,
    /// String ids and their rows, sorted.
    pub(crate) keys: Vec<(u64, u32)>,
}

impl Parts {
    /// Reads a package.
    pub(crate) fn read(files: &Files) -> Result<Self, PackageError> {
        let config = Config::read(&String::from_utf8_lossy(&files.read("config.cfg")?));
        let mut parts = Self { outline: Outline::default(), arrays: BTreeMap::new(), vectors: None };
        parts.outline.about = about(files, &config)?;
        require_tokenizer(&config)?;
        parts.outline.tokenizer = tokenizer(files)?;
        parts.outline.norms = lookups::norms(files)?;
        parts.vectors = lookups::vectors(files)?.map(Arc::new);
        for component in parts.outline.about.pipeline.clone() {
            parts.read_component(files, &config, &component)?;
        }
        Ok(parts)
    }

    fn read_component(&mut self, files: &Files, config: &Config, name: &str) -> Result<(), PackageError> {
        let factory = config.text(&format!("components.{name}"), "factory").unwrap_or_default();
        match factory.as_str() {
            "tok2vec" => {
                require_network(config, name, "model")?;
                self.read_tok2vec(&graph(files, name)?, name, name)
            }
            "tagger" => self.read_tagger(files, config, name),
            "parser" => {
                self.outline.parser = Some(self.read_transitions(files, config, name, "parser")?);
                Ok(())
            }
            "ner" => {
                self.outline.ner = Some(self.read_transitions(files, config, name, "ner")?);
                Ok(())
            }
            "attribute_ruler" => {
                self.outline.rules = lookups::rules(files, name)?;
                Ok(())
            }
            "lemmatizer" => self.read_lemmas(files, config, name),
            other => {
                Err(PackageError::unsupported(name, format!("a component made by {other:?} cannot be run")))
            }
        }
    }

    fn read_tagger(&mut self, files: &Files, config: &Config, name: &str) -> Result<(), PackageError> {
        require(config, name, "model", "@architectures", &["spacy.Tagger.v1", "spacy.Tagger.v2"])?;
        let graph = graph(files, name)?;
        let tok2vec = self.tok2vec_of(&graph, config, name)?;
        let labels = labels(files, name)?;
        let softmax = graph.first("softmax")?;
        let weights = softmax.weights("W")?;
        let shape = [labels.len(), weights.dim(1)];
        self.put("tagger", "W", weights.expect(&shape, "the tagger's output")?);
        self.put("tagger", "b", softmax.weights("b")?.expect(&shape[..1], "the tagger's bias")?);
        self.outline.tagger = Some(TaggerParts { tok2vec, labels });
        Ok(())
    }

    fn read_transitions(
        &mut self,
        files: &Files,
        config: &Config,
        name: &str,
        kind: &str,
    ) -> Result<TransitionParts, PackageError> {
        require(config, name, "model", "@architectures", &["spacy.TransitionBasedParser.v2"])?;
        require(config, name, "model", "state_type", &[kind])?;
        let graph = graph(files, name)?;
        let tok2vec = self.tok2vec_of(&graph, config, name)?;
        let moves = lookups::moves(files, name)?;
        let (lower, upper) = (graph.referred("lower")?, graph.referred("upper")?);
        let linear = graph.other("linear", upper)?;
        let (hidden, slots) = (linear.weights("W")?.dim(0), if kind == "parser" { 8 } else { 3 });
        let inner = lower.weights("b")?;
        let (units, pieces) = (inner.dim(0), inner.dim(1));
        let input = linear.weights("W")?.dim(1);
        let expected: [(&str, &Node, &str, Vec<usize>); 7] = [
            ("linear/W", linear, "W", vec![hidden, input]),
            ("linear/b", linear, "b", vec![hidden]),
            ("lower/W", lower, "W", vec![slots, units, pieces, hidden]),
            ("lower/b", lower, "b", vec![units, pieces]),
            ("lower/pad", lower, "pad", vec![1, slots, units, pieces]),
            ("upper/W", upper, "W", vec![moves.len(), units]),
            ("upper/b", upper, "b", vec![moves.len()]),
        ];
        // The arrays keep the component's kind as their name: a package may call its parser otherwise.
        for (to, node, from, shape) in expected {
            self.put(kind, to, node.weights(from)?.expect(&shape, to).map_err(|e| e.in_file(name))?);
        }
        Ok(TransitionParts { tok2vec, moves })
    }

    /// The network that feeds a component: its own, or the shared one that it listens to.
    fn tok2vec_of(&mut self, graph: &Graph, config: &Config, name: &str) -> Result<String, PackageError> {
        let section = format!("components.{name}.model.tok2vec");
        match config.text(&section, "@architectures").unwrap_or_default().as_str() {
            "spacy.Tok2VecListener.v1" => {
                let upstream = config.text(&section, "upstream").unwrap_or_default();
                let found =
                    self.outline.tok2vecs.keys().find(|k| upstream == "*" || **k == upstream).cloned();
                found.ok_or_else(|| {
                    PackageError::unsupported(name, format!("nothing before it is called {upstream:?}"))
                })
            }
            "spacy.Tok2Vec.v1" | "spacy.Tok2Vec.v2" => {
                require_network(config, name, "model.tok2vec")?;
                let own = format!("{name}/tok2vec");
                self.read_tok2vec(graph, name, &own)?;
                Ok(own)
            }
            "spacy.HashEmbedCNN.v1" | "spacy.HashEmbedCNN.v2" | "" => {
                Err(PackageError::unsupported(name, "its own HashEmbedCNN network cannot be run"))
            }
            other => Err(PackageError::unsupported(name, format!("the network {other} cannot be run"))),
        }
    }

    fn read_tok2vec(&mut self, graph: &Graph, component: &str, name: &str) -> Result<(), PackageError> {
        let damaged = |e: PackageError| e.in_file(&format!("{component}/model"));
        let columns = self.read_tables(graph, name).map_err(damaged)?;
        let width = self.arrays.get(&format!("{name}/table/0")).map_or(0, |t| t.dim(1));
        if let Some(projection) = graph.named("static_vectors").next() {
            self.put(name, "vectors/W", projection.weights("W").map_err(damaged)?);
        }
        let mixed =
            (columns.len() + usize::from(self.arrays.contains_key(&format!("{name}/vectors/W")))) * width;
        let depth = self.read_maxouts(graph, name, mixed).map_err(damaged)?;
        self.outline.tok2vecs.insert(name.into(), Tok2VecParts { columns, depth });
        Ok(())
    }

    /// The hash tables, in the order of their columns.
    fn read_tables(&mut self, graph: &Graph, name: &str) -> Result<Vec<(String, u32)>, PackageError> {
        let attributes = graph.first("extract_features")?.texts("columns");
        let mut tables: Vec<&Node> = graph.named("hashembed").collect();
        tables.sort_by_key(|table| table.number("column"));
        if tables.len() != attributes.len() || tables.is_empty() {
            return Err(PackageError::damaged("the tables do not fit the attributes"));
        }
        for (number, table) in tables.iter().enumerate() {
            self.put(name, &format!("table/{number}"), table.weights("E")?);
        }
        let seeds =
            tables.iter().map(|t| t.number("seed").and_then(|seed| u32::try_from(seed).ok()).unwrap_or(0));
        Ok(attributes.into_iter().zip(seeds).collect())
    }

    /// The layer that mixes the embeddings, then the window layers, whose number is the answer.
    fn read_maxouts(&mut self, graph: &Graph, name: &str, mixed: usize) -> Result<usize, PackageError> {
        let pairs: Vec<_> = graph.named("maxout").zip(graph.named("layernorm")).collect();
        let width = pairs.first().map_or(0, |(m, _)| m.weights("b").map_or(0, |b| b.dim(0)));
        for (number, (maxout, norm)) in pairs.iter().enumerate() {
            let layer = format!("layer/{number}");
            let (weights, bias) = (maxout.weights("W")?, maxout.weights("b")?);
            let input = if number == 0 { mixed } else { 3 * width };
            let shape = [width, bias.dim(1), input];
            self.put(name, &format!("{layer}/W"), weights.expect(&shape, &layer)?);
            self.put(name, &format!("{layer}/b"), bias.expect(&shape[..2], &layer)?);
            self.put(name, &format!("{layer}/G"), norm.weights("G")?.expect(&shape[..1], &layer)?);
            self.put(name, &format!("{layer}/beta"), norm.weights("b")?.expect(&shape[..1], &layer)?);
        }
        pairs.len().checked_sub(1).ok_or_else(|| PackageError::damaged("no maxout layer"))
    }

    fn read_lemmas(&mut self, files: &Files, config: &Config, name: &str) -> Result<(), PackageError> {
        require(config, name, "", "mode", &["rule"])?;
        if self.outline.about.language != "en" {
            return Err(PackageError::unsupported(name, "only English rules of lemmatisation are known"));
        }
        self.outline.lemmas = Some(lookups::lemmas(files, name)?);
        Ok(())
    }

    fn put(&mut self, component: &str, name: &str, array: Array) {
        self.arrays.insert(format!("{component}/{name}"), array);
    }
}

fn graph(files: &Files, component: &str) -> Result<Graph, PackageError> {
    let name = format!("{component}/model");
    Graph::read(&files.read(&name)?).map_err(|e| e.in_file(&name))
}

/// Is a setting of a component among those that this runtime knows?
fn require(config: &Config, name: &str, part: &str, key: &str, known: &[&str]) -> Result<(), PackageError> {
    let section =
        if part.is_empty() { format!("components.{name}") } else { format!("components.{name}.{part}") };
    let found = config.text(&section, key).unwrap_or_default();
    if known.contains(&found.as_str()) {
        return Ok(());
    }
    Err(PackageError::unsupported(name, format!("{key} is {found:?}; known: {}", known.join(", "))))
}

/// Is a token-to-vector network of the kind that is run here? Its weights alone do not always tell.
fn require_network(config: &Config, name: &str, part: &str) -> Result<(), PackageError> {
    const KIND: &str = "@architectures";
    let (embed, encode) = (format!("{part}.embed"), format!("{part}.encode"));
    require(config, name, part, KIND, &["spacy.Tok2Vec.v1", "spacy.Tok2Vec.v2"])?;
    require(config, name, &embed, KIND, &["spacy.MultiHashEmbed.v1", "spacy.MultiHashEmbed.v2"])?;
    require(config, name, &encode, KIND, &["spacy.MaxoutWindowEncoder.v1", "spacy.MaxoutWindowEncoder.v2"])?;
    match config.value(&format!("components.{name}.{encode}"), "window_size") {
        Some(size) if size == 1 => Ok(()),
        size => {
            let size = size.unwrap_or_default();
            Err(PackageError::unsupported(name, format!("window_size is {size}; known: 1")))
        }
    }
}

/// Tokenizers for other scripts are programs of their own.
fn require_tokenizer(config: &Config) -> Result<(), PackageError> {
    match config.text("nlp.tokenizer", "@tokenizers").as_deref() {
        None | Some("spacy.Tokenizer.v1") => Ok(()),
        Some(other) => Err(PackageError::unsupported("tokenizer", format!("{other:?} cannot be run"))),
    }
}

fn about(files: &Files, config: &Config) -> Result<About, PackageError> {
    let meta: serde_json::Value = match files.find("meta.json")? {
        Some(bytes) => serde_json::from_slice(&bytes).unwrap_or_default(),
        None => serde_json::Value::Null,
    };
    let text = |key: &str| meta.get(key).and_then(|v| v.as_str()).unwrap_or_default().to_owned();
    let disabled = config.texts("nlp", "disabled");
    let mut pipeline = config.texts("nlp", "pipeline");
    pipeline.retain(|component| !disabled.contains(component));
    let language = config.text("nlp", "lang").unwrap_or_default();
    Ok(About { language, name: text("name"), version: text("version"), license: text("license"), pipeline })
}

fn labels(files: &Files, name: &str) -> Result<Vec<String>, PackageError> {
    let file = format!("{name}/cfg");
    let cfg: serde_json::Value = serde_json::from_slice(&files.read(&file)?)
        .map_err(|e| PackageError::damaged(e.to_string()).in_file(&file))?;
    let list = cfg.get("labels").and_then(|l| l.as_array()).map_or(&[][..], Vec::as_slice);
    Ok(list.iter().filter_map(|label| label.as_str().map(str::to_owned)).collect())
}

fn tokenizer(files: &Files) -> Result<TokenizerParts, PackageError> {
    const ORTH: u64 = 65;
    const NORM: u64 = 67;
    let bytes = files.read("tokenizer")?;
    let value = Value::read(&bytes).map_err(|e| e.in_file("tokenizer"))?;
    let pattern = |key| value.field(key).and_then(Value::text).map(str::to_owned);
    let attribute = |token: &Value<'_>, key: u64| {
        let found = token.entries().iter().find(|(k, _)| k.uint() == Some(key));
        found.and_then(|(_, v)| v.text()).map(str::to_owned)
    };
    let tokens = |list: &Value<'_>| -> Option<Vec<_>> {
        list.items().iter().map(|token| Some((attribute(token, ORTH)?, attribute(token, NORM)))).collect()
    };
    let exceptions = value.field("exceptions").map_or(&[][..], Value::entries);
    let exceptions: Option<Vec<_>> =
        exceptions.iter().map(|(k, v)| Some((k.text()?.to_owned(), tokens(v)?))).collect();
    Ok(TokenizerParts {
        prefix: pattern("prefix_search"),
        suffix: pattern("suffix_search"),
        infix: pattern("infix_finditer"),
        token: pattern("token_match"),
        url: pattern("url_match"),
        exceptions: exceptions
            .ok_or_else(|| PackageError::damaged("a special case without text").in_file("tokenizer"))?,
        faster_heuristics: value.field("faster_heuristics") != Some(&Value::Bool(false)),
    })
}
