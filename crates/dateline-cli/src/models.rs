//! The folder of models that a user has added: one folder each, `NAME-VERSION`.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use dateline_nlp::{About, unpack};

/// Copies the package into the folder of models, and says where it lies now. One of the same name and version gives
/// way.
pub(crate) fn add(package: &Path, about: &About) -> Result<PathBuf> {
    let name = format!("{}-{}", about.package(), about.version);
    if !name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '+')) {
        bail!("its name {name:?} cannot be the name of a folder");
    }
    let models = folder()?;
    let (place, half) = (models.join(&name), models.join(format!(".{name}.{}", std::process::id())));
    let copied = unpack(package, &half).map_err(anyhow::Error::from).and_then(|()| {
        if place.exists() {
            fs::remove_dir_all(&place)?;
        }
        Ok(fs::rename(&half, &place)?)
    });
    if let Err(error) = copied {
        // What was copied so far is of no use; if it cannot be removed, its name keeps it out of the way.
        let _ = fs::remove_dir_all(&half);
        return Err(error.context(format!("in the folder of models {}", models.display())));
    }
    Ok(place)
}

/// The folders of all models that were added, in order; versions of a model in theirs.
pub(crate) fn added() -> Result<Vec<PathBuf>> {
    let models = folder()?;
    let Ok(entries) = fs::read_dir(&models) else { return Ok(Vec::new()) };
    let folders = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let mut found: Vec<PathBuf> =
        folders.filter(|path| !name(path).starts_with('.') && path.join("config.cfg").is_file()).collect();
    found.sort_by_cached_key(|path| order(&name(path)));
    Ok(found)
}

/// The package that is meant: a path as it stands, else the model of that name, its highest version.
pub(crate) fn find(wanted: &Path) -> Result<PathBuf> {
    if wanted.exists() {
        return Ok(wanted.to_owned());
    }
    let wanted = wanted.to_string_lossy();
    let is_meant =
        |name: &str| name == wanted || name.rsplit_once('-').is_some_and(|(model, _)| model == wanted);
    let found = added()?.into_iter().rfind(|path| is_meant(&name(path)));
    found.with_context(|| {
        format!("--model {wanted}: no such path, and no model of that name was added; `dateline model list` names all")
    })
}

/// Where models are kept.
fn folder() -> Result<PathBuf> {
    let variable = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let data = || {
        let home = || Some(variable("HOME")?.join(".local/share"));
        let data = variable("XDG_DATA_HOME").filter(|path| path.is_absolute());
        Some(data.or_else(|| variable("LOCALAPPDATA")).or_else(home)?.join("dateline/models"))
    };
    variable("DATELINE_MODELS").or_else(data).context("no folder for models: set DATELINE_MODELS to one")
}

fn name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Names sort as they are spelt, versions by their numbers.
fn order(name: &str) -> (String, Vec<u64>) {
    let (model, version) = name.rsplit_once('-').unwrap_or((name, ""));
    (model.to_owned(), version.split('.').map(|part| part.parse().unwrap_or(0)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_go_by_their_numbers() {
        assert!(order("en_core_web_sm-3.10.0") > order("en_core_web_sm-3.9.1"));
        assert!(order("de_core_news_sm-3.8.0") < order("en_core_web_sm-3.6.0"));
    }
}
