//! Dateline as a Python package: reports come in as Arrow, what is read in them goes out as Arrow.
//!
//! The modules mirror the commands: [`reading`] is `extract` and `annotate`, [`building`] is `build`, [`record`] is
//! what a record gives back. Nothing is computed here: rows become captures (`rows`), the library reads them, and its
//! lines of JSON become columns (`columns`), so that a row says what the command line prints.
//! Whatever takes long lets go of Python's lock.

mod building;
mod columns;
mod errors;
mod reading;
mod record;
mod rows;
mod signature;
mod tables;

use pyo3::prelude::*;

/// What `import dateline` stands on; its public face is `dateline/__init__.py`.
#[pymodule]
fn _dateline(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("VERSION", dateline::pipeline::VERSION)?;
    module.add("DatelineError", module.py().get_type::<errors::DatelineError>())?;
    module.add_class::<reading::Reader>()?;
    module.add_class::<reading::Files>()?;
    module.add_class::<record::Record>()?;
    module.add_function(wrap_pyfunction!(building::build, module)?)?;
    Ok(())
}
