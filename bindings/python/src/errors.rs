//! What Python is told when something cannot be done: the words of the library, nothing of its insides.

use pyo3::create_exception;
use pyo3::exceptions::{PyException, PyValueError};
use pyo3::prelude::*;

create_exception!(
    dateline,
    DatelineError,
    PyException,
    "A record, a model or a table that cannot be read or written."
);

/// What the world did: a file that is not there, a record that another process writes.
pub(crate) fn failed(error: impl std::fmt::Display) -> PyErr {
    DatelineError::new_err(error.to_string())
}

/// What the caller asked for that cannot be.
pub(crate) fn wrong(message: impl Into<String>) -> PyErr {
    PyValueError::new_err(message.into())
}
