//! Answers kept for who asks the same again: the latest few, for one state of the record.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

/// So many answers are kept.
const KEPT: usize = 64;

/// The latest answers, each with its question.
#[derive(Debug)]
pub(crate) struct Kept<K, V>(Mutex<VecDeque<(K, Arc<V>)>>);

impl<K, V> Default for Kept<K, V> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: PartialEq, V> Kept<K, V> {
    /// The answer, worked out where it is not kept. Two who ask at the same time both work it out.
    pub(crate) fn or_else<E>(&self, question: K, work: impl FnOnce(&K) -> Result<V, E>) -> Result<Arc<V>, E> {
        if let Some(answer) = self.known(&question) {
            return Ok(answer);
        }
        let answer = work(&question)?;
        Ok(self.keep(question, answer))
    }

    /// Keeps an answer.
    pub(crate) fn keep(&self, question: K, answer: V) -> Arc<V> {
        let answer = Arc::new(answer);
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.truncate(KEPT - 1);
        kept.push_front((question, Arc::clone(&answer)));
        answer
    }

    /// The answer, where it is kept.
    pub(crate) fn known(&self, question: &K) -> Option<Arc<V>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.iter().find(|(known, _)| known == question).map(|(_, answer)| Arc::clone(answer))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_not_worked_out_again() {
        let kept: Kept<usize, usize> = Kept::default();
        let ask = |n: usize| {
            let mut worked = false;
            let answer: Result<_, ()> = kept.or_else(n, |n| {
                worked = true;
                Ok(n * 2)
            });
            (*answer.unwrap(), worked)
        };
        assert_eq!((ask(1), ask(1), ask(2)), ((2, true), (2, false), (4, true)));
        (3..3 + KEPT).for_each(|n| assert!(ask(n).1));
        assert_eq!(ask(1), (2, true));
    }
}
