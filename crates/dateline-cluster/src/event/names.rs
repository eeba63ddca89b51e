//! Names as numbers: a large pile says the same ones again and again.

use std::collections::BTreeMap;
use std::sync::Arc;

/// A name, by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct NameId(u32);

/// All names that were seen, each once.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    ids: BTreeMap<Arc<str>, NameId>,
    names: Vec<Arc<str>>,
}

impl Names {
    /// The number of a name.
    pub(crate) fn id(&mut self, name: &str) -> NameId {
        if let Some(id) = self.ids.get(name) {
            return *id;
        }
        let (id, name) = (NameId(self.names.len() as u32), Arc::<str>::from(name));
        self.names.push(Arc::clone(&name));
        self.ids.insert(name, id);
        id
    }

    /// The name of that number.
    pub(crate) fn as_str(&self, id: NameId) -> &str {
        &self.names[id.0 as usize]
    }

    /// Something for each name, at first the same.
    pub(crate) fn each<T: Clone>(&self, first: T) -> OfNames<T> {
        OfNames(vec![first; self.names.len()])
    }
}

/// Something for each name.
#[derive(Clone, Debug)]
pub(crate) struct OfNames<T>(Vec<T>);

impl<T> OfNames<T> {
    /// That of one.
    pub(crate) fn of(&self, id: NameId) -> &T {
        &self.0[id.0 as usize]
    }

    /// The same, to be changed.
    pub(crate) fn of_mut(&mut self, id: NameId) -> &mut T {
        &mut self.0[id.0 as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_one_number() {
        let mut names = Names::default();
        let (a, b) = (names.id("velin"), names.id("orsk"));
        assert_eq!((names.id("velin"), names.as_str(a), names.as_str(b)), (a, "velin", "orsk"));
        let mut counts = names.each(0);
        *counts.of_mut(b) += 1;
        assert_eq!((*counts.of(a), *counts.of(b)), (0, 1));
    }
}
