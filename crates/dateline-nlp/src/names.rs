//! Labels of a model by number: tags, parts of speech, features, arcs, types of names.

use std::sync::Arc;

/// The number of a label in [`Names`]. The empty one is 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Name(u16);

/// The labels of a model.
#[derive(Debug)]
pub(crate) struct Names {
    spelt: Vec<Arc<str>>,
}

impl Default for Names {
    fn default() -> Self {
        Self { spelt: vec!["".into()] }
    }
}

impl Names {
    /// The name that is spelt so; it is added if it is new. Beyond 65,536 names all are the last one.
    pub(crate) fn intern(&mut self, spelling: &str) -> Name {
        let known = self.spelt.iter().position(|known| **known == *spelling);
        let index = known.unwrap_or_else(|| {
            if self.spelt.len() <= usize::from(u16::MAX) {
                self.spelt.push(spelling.into());
            }
            self.spelt.len() - 1
        });
        Name(index as u16)
    }

    /// How a name is spelt.
    pub(crate) fn spell(&self, name: Name) -> &Arc<str> {
        self.spelt.get(usize::from(name.0)).unwrap_or(&self.spelt[0])
    }

    /// The same names, counted apart: two threads that share a count would wait for each other.
    pub(crate) fn own_copy(&self) -> Self {
        Self { spelt: self.spelt.iter().map(|spelt| Arc::from(&**spelt)).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_spelt_as_they_were_given() {
        let mut names = Names::default();
        let noun = names.intern("NOUN");
        assert_eq!(names.intern("NOUN"), noun);
        assert_eq!((&**names.spell(noun), &**names.spell(Name::default())), ("NOUN", ""));
    }
}
