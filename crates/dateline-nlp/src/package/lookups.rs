//! The smaller files of a package: norms, word vectors, actions, rules of the attribute ruler, tables of lemmas.

use std::collections::BTreeMap;

use super::parts::{LemmaTables, Moves, Rule, RuleToken, TextTest, Vectors};
use super::weights::Array;
use super::{Files, PackageError, Value};
use crate::strings::Symbols;

/// The parts of speech that tables of lemmas may be for.
const PARTS_OF_SPEECH: [&str; 17] = [
    "adj", "adp", "adv", "aux", "cconj", "conj", "det", "intj", "noun", "num", "part", "pron", "propn",
    "punct", "sconj", "sym", "verb",
];

/// Norms by the id of the text, sorted.
pub(crate) fn norms(files: &Files) -> Result<Vec<(u64, String)>, PackageError> {
    let name = "vocab/lookups.bin";
    let Some(bytes) = files.find(name)? else { return Ok(Vec::new()) };
    let value = Value::read(&bytes).map_err(|e| e.in_file(name))?;
    let table = value.field("lexeme_norm").map_or(&[][..], Value::entries);
    let mut norms: Vec<_> =
        table.iter().filter_map(|(k, v)| Some((k.uint()?, v.text()?.to_owned()))).collect();
    norms.sort();
    Ok(norms)
}

/// The word vectors, if there are any.
pub(crate) fn vectors(files: &Files) -> Result<Option<Vectors>, PackageError> {
    let (Some(rows), Some(keys)) = (files.find("vocab/vectors")?, files.find("vocab/key2row")?) else {
        return Ok(None);
    };
    let rows = npy(&rows).map_err(|e| e.in_file("vocab/vectors"))?;
    if rows.data.is_empty() {
        return Ok(None);
    }
    vectors_mode(files)?;
    let value = Value::read(&keys).map_err(|e| e.in_file("vocab/key2row"))?;
    let row = |v: &Value<'_>| u32::try_from(v.uint()?).ok().filter(|&row| (row as usize) < rows.dim(0));
    let mut keys: Vec<_> = value.entries().iter().filter_map(|(k, v)| Some((k.uint()?, row(v)?))).collect();
    keys.sort_unstable();
    Ok(Some(Vectors { rows, keys }))
}

/// Vectors may be found by hashing pieces of words instead of by word; that is not done here.
fn vectors_mode(files: &Files) -> Result<(), PackageError> {
    let cfg = files.find("vocab/vectors.cfg")?.unwrap_or_default();
    let cfg: serde_json::Value = serde_json::from_slice(&cfg).unwrap_or_default();
    match cfg.get("mode").and_then(|mode| mode.as_str()) {
        None | Some("default") => Ok(()),
        Some(mode) => Err(PackageError::unsupported("vectors", format!("the mode {mode:?} is not known"))),
    }
}

/// A NumPy file of single-precision numbers.
fn npy(bytes: &[u8]) -> Result<Array, PackageError> {
    let read = || -> Option<(String, &[u8])> {
        let body = bytes.strip_prefix(b"\x93NUMPY")?;
        let (wide, rest) = (*body.first()? > 1, body.get(2..)?);
        let (length, rest) = if wide {
            (u32::from_le_bytes(rest.first_chunk().copied()?) as usize, rest.get(4..)?)
        } else {
            (usize::from(u16::from_le_bytes(rest.first_chunk().copied()?)), rest.get(2..)?)
        };
        let (header, data) = rest.split_at_checked(length)?;
        Some((String::from_utf8_lossy(header).into_owned(), data))
    };
    let (header, data) = read().ok_or_else(|| PackageError::damaged("not a NumPy file"))?;
    let after = |key: &str| header.split_once(key).map_or("", |(_, after)| after);
    if !after("'descr':").trim_start().starts_with("'<f4'")
        || after("'fortran_order':").trim_start().starts_with("True")
    {
        return Err(PackageError::damaged("not little-endian single precision in rows"));
    }
    let shape = after("'shape':").split_once('(').and_then(|(_, s)| s.split_once(')')).map_or("", |(s, _)| s);
    let shape = shape.split(',').filter_map(|d| d.trim().parse().ok()).collect();
    Array::from_bytes(shape, data)
}

/// The actions of a parser or of an entity recogniser, in the order of the classes.
pub(crate) fn moves(files: &Files, component: &str) -> Result<Moves, PackageError> {
    let file = format!("{component}/moves");
    let damaged = |what: &str| PackageError::damaged(what).in_file(&file);
    let bytes = files.read(&file)?;
    let value = Value::read(&bytes).map_err(|e| e.in_file(&file))?;
    let json = value.field("moves").and_then(Value::text).ok_or_else(|| damaged("no moves"))?;
    let table: BTreeMap<String, BTreeMap<String, i64>> =
        serde_json::from_str(json).map_err(|e| damaged(&e.to_string()))?;
    let mut moves = Vec::new();
    // Actions are taken by number, their labels by frequency and then by name, both falling.
    for (action, labels) in table {
        let action: u8 = action.parse().map_err(|_| damaged("an action without number"))?;
        let mut labels: Vec<_> =
            labels.into_iter().filter(|&(_, n)| n >= 0).map(|(label, n)| (n, label)).collect();
        labels.sort_by(|a, b| b.cmp(a));
        moves.extend(labels.into_iter().map(|(_, label)| (action, label)));
    }
    Ok(moves)
}

/// The rules of the attribute ruler.
pub(crate) fn rules(files: &Files, component: &str) -> Result<Vec<Rule>, PackageError> {
    let file = format!("{component}/patterns");
    let bytes = files.read(&file)?;
    let value = Value::read(&bytes).map_err(|e| e.in_file(&file))?;
    value.items().iter().map(|rule| read_rule(rule, component)).collect()
}

fn read_rule(value: &Value<'_>, component: &str) -> Result<Rule, PackageError> {
    let list = |key| value.field(key).map_or(&[][..], Value::items);
    let mut patterns = Vec::new();
    for pattern in list("patterns") {
        let tokens = pattern.items().iter().map(|token| rule_token(token, component));
        patterns.push(tokens.collect::<Result<Vec<_>, _>>()?);
    }
    let attributes = value.field("attrs").map_or(&[][..], Value::entries);
    let attributes =
        attributes.iter().filter_map(|(k, v)| Some((k.text()?.to_owned(), v.text()?.to_owned())));
    let index = match value.field("index") {
        Some(&Value::Int(index)) => index,
        _ => 0,
    };
    Ok(Rule { patterns, attributes: attributes.collect(), index })
}

fn rule_token(value: &Value<'_>, component: &str) -> Result<RuleToken, PackageError> {
    let unknown = |what: &str| PackageError::unsupported(component, format!("a rule asks for {what}"));
    let mut token = RuleToken::default();
    for (key, wanted) in value.entries() {
        match (key.text().unwrap_or_default(), wanted) {
            ("IS_SPACE", &Value::Bool(space)) => token.space = Some(space),
            ("TAG", wanted) => {
                token.tag = Some(text_test(wanted).ok_or_else(|| unknown("a tag it cannot test"))?);
            }
            ("LOWER", wanted) => {
                token.lower = Some(text_test(wanted).ok_or_else(|| unknown("a text it cannot test"))?);
            }
            ("DEP", wanted) => {
                token.dep = Some(text_test(wanted).ok_or_else(|| unknown("a label it cannot test"))?);
            }
            (other, _) => return Err(unknown(other)),
        }
    }
    Ok(token)
}

fn text_test(value: &Value<'_>) -> Option<TextTest> {
    if let Some(text) = value.text() {
        return Some(TextTest::In(vec![text.into()]));
    }
    let [(operator, operand)] = value.entries() else { return None };
    let texts =
        || operand.items().iter().map(|item| item.text().map(str::to_owned)).collect::<Option<Vec<_>>>();
    match operator.text()? {
        "IN" => Some(TextTest::In(texts()?)),
        "NOT_IN" => Some(TextTest::NotIn(texts()?)),
        "REGEX" => Some(TextTest::Matches(operand.text()?.into())),
        _ => None,
    }
}

/// The tables of the rule lemmatiser.
pub(crate) fn lemmas(files: &Files, component: &str) -> Result<LemmaTables, PackageError> {
    let file = format!("{component}/lookups/lookups.bin");
    let bytes = files.read(&file)?;
    let value = Value::read(&bytes).map_err(|e| e.in_file(&file))?;
    let symbols = Symbols::new();
    let names: BTreeMap<u64, &str> = PARTS_OF_SPEECH.iter().map(|&name| (symbols.id(name), name)).collect();
    let table = |key: &str| {
        let entries = value.field(key).map_or(&[][..], Value::entries);
        entries.iter().filter_map(|(k, v)| Some(((*names.get(&k.uint()?)?).to_owned(), v)))
    };
    let texts =
        |v: &Value<'_>| v.items().iter().filter_map(|t| t.text().map(str::to_owned)).collect::<Vec<_>>();
    let pair = |v: &Value<'_>| <[String; 2]>::try_from(texts(v)).ok().map(|[old, new]| (old, new));
    let forms = |v: &Value<'_>| {
        v.entries().iter().filter_map(|(k, v)| Some((k.text()?.to_owned(), texts(v)))).collect()
    };
    let mut index: BTreeMap<_, _> = table("lemma_index").map(|(pos, v)| (pos, texts(v))).collect();
    index.values_mut().for_each(|list| list.sort());
    Ok(LemmaTables {
        rules: table("lemma_rules")
            .map(|(pos, v)| (pos, v.items().iter().filter_map(pair).collect()))
            .collect(),
        exceptions: table("lemma_exc").map(|(pos, v)| (pos, forms(v))).collect(),
        index,
    })
}
