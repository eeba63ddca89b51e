//! Which component is at work: told to whoever wants to know where the time goes. The library itself reads no clock.

/// A component of the pipeline, as a person would name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Component {
    /// Cuts the text into tokens.
    Tokenizer,
    /// Computes the tokens' vectors, for all that read them.
    Vectors,
    /// Chooses tags by the vectors.
    Tagger,
    /// Finds heads, labels and sentences.
    Parser,
    /// Finds names and their types.
    Names,
    /// Applies rules, finds lemmas, and spells the finished tokens.
    Rules,
}

impl Component {
    /// Its name in a table.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Tokenizer => "tokenizer",
            Self::Vectors => "vectors",
            Self::Tagger => "tagger",
            Self::Parser => "parser",
            Self::Names => "names",
            Self::Rules => "rules and lemmas",
        }
    }
}

/// Someone who watches a text being annotated.
pub trait Watch {
    /// This component is at work from now on.
    fn turn(&mut self, component: Component);
}

/// Nobody watches.
pub(crate) struct Unwatched;

impl Watch for Unwatched {
    fn turn(&mut self, _: Component) {}
}
