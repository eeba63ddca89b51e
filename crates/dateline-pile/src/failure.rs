//! The first error that files gave, kept until somebody asks.

use std::io;
use std::sync::{Mutex, PoisonError};

/// Lets work on all threads go on with something empty where a file fails: its outcome is of no use then, and
/// [`Failure::check`] says so.
#[derive(Debug, Default)]
pub struct Failure(Mutex<Option<io::Error>>);

impl Failure {
    /// What was read, or something empty.
    pub fn or_default<T: Default>(&self, read: io::Result<T>) -> T {
        read.unwrap_or_else(|error| {
            self.0.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
            T::default()
        })
    }

    /// Was everything read that was asked for since this was asked last?
    ///
    /// # Errors
    /// The first that a file gave.
    pub fn check(&self) -> io::Result<()> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take().map_or(Ok(()), Err)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_error_is_told_once() {
        let failure = Failure::default();
        assert_eq!(failure.or_default(Ok(7)), 7);
        assert!(failure.check().is_ok());
        let failed = |text| Err::<u8, _>(io::Error::other(text));
        assert_eq!((failure.or_default(failed("x")), failure.or_default(failed("y"))), (0, 0));
        assert_eq!(failure.check().map_err(|error| error.to_string()), Err("x".to_owned()));
        assert!(failure.check().is_ok());
    }
}
