//! `config.cfg`: sections of keys whose values are JSON, some of them taken from elsewhere (`${a.b:c}`).

use std::collections::BTreeMap;

use serde_json::Value;

/// A reference may point at a reference, this many times.
const LONGEST_CHAIN: usize = 8;

/// The settings of a pipeline, by section.
pub(crate) struct Config {
    sections: BTreeMap<String, BTreeMap<String, String>>,
}

impl Config {
    /// Reads the file; lines that are neither a section nor a setting are passed over.
    pub(crate) fn read(text: &str) -> Self {
        let mut sections: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
        let mut section = String::new();
        for line in text.lines().map(str::trim) {
            if let Some(name) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
                section = name.to_owned();
            } else if let Some((key, value)) = line.split_once('=').filter(|_| !line.starts_with('#')) {
                sections.entry(section.clone()).or_default().insert(key.trim().into(), value.trim().into());
            }
        }
        Self { sections }
    }

    /// The value of `key` in `section`, references followed.
    pub(crate) fn value(&self, section: &str, key: &str) -> Option<Value> {
        let mut raw = self.sections.get(section)?.get(key)?;
        for _ in 0..LONGEST_CHAIN {
            let Some(reference) = raw.strip_prefix("${").and_then(|r| r.strip_suffix('}')) else {
                return serde_json::from_str(raw).ok();
            };
            let (section, key) = reference.rsplit_once(':').or_else(|| reference.rsplit_once('.'))?;
            raw = self.sections.get(section)?.get(key)?;
        }
        None
    }

    /// The value as a text.
    pub(crate) fn text(&self, section: &str, key: &str) -> Option<String> {
        self.value(section, key)?.as_str().map(str::to_owned)
    }

    /// The value as a list of texts; empty where there is none.
    pub(crate) fn texts(&self, section: &str, key: &str) -> Vec<String> {
        let list = self.value(section, key);
        let items = list.as_ref().and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        items.iter().filter_map(|item| item.as_str().map(str::to_owned)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_json_and_references_are_followed() {
        let config =
            Config::read("[nlp]\npipeline = [\"a\",\"b\"]\n# no\n[a.b]\nwidth = ${c:width}\n[c]\nwidth=96\n");
        assert_eq!(config.texts("nlp", "pipeline"), ["a", "b"]);
        assert_eq!(config.value("a.b", "width"), Some(96.into()));
        assert_eq!(config.text("c", "none"), None);
    }

    #[test]
    fn a_circle_of_references_ends() {
        assert!(Config::read("[a]\nx = ${a:x}").value("a", "x").is_none());
    }
}
