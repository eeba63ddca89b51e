//! The least that must hold: does what was printed hold all that was expected?

use serde_json::Value;

/// Adds every place where `actual` does not hold `expected` to `differences`.
pub(crate) fn compare(place: &str, expected: &Value, actual: &Value, differences: &mut Vec<String>) {
    match (expected, actual) {
        (Value::Object(fields), Value::Object(there)) => {
            for (name, field) in fields {
                match there.get(name) {
                    Some(value) => compare(&format!("{place}.{name}"), field, value, differences),
                    None => differences.push(format!("{place}.{name}: missing")),
                }
            }
        }
        (Value::Array(items), Value::Array(there)) if !items.is_empty() => {
            differences
                .extend(first_missing(items, there).map(|item| format!("{place}: no {item}, in this order")));
        }
        (Value::String(text), Value::String(there)) if fits(there, text) => {}
        _ if expected == actual => {}
        _ => differences.push(format!("{place}: expected {expected}, got {actual}")),
    }
}

/// The first item of the list that is not there, or not in this order.
fn first_missing<'a>(items: &'a [Value], there: &[Value]) -> Option<&'a Value> {
    let mut rest = there.iter();
    items.iter().find(|item| !rest.any(|value| is_held(item, value)))
}

fn is_held(expected: &Value, actual: &Value) -> bool {
    let mut differences = Vec::new();
    compare("", expected, actual, &mut differences);
    differences.is_empty()
}

/// Does the whole text fit the pattern, in which `…` stands for any text?
fn fits(text: &str, pattern: &str) -> bool {
    let (first, last) = (pattern.split('…').next(), pattern.split('…').next_back());
    let ends =
        first.is_some_and(|start| text.starts_with(start)) && last.is_some_and(|end| text.ends_with(end));
    let exact = pattern.contains('…') || text == pattern;
    exact && ends && holds(text, pattern)
}

/// Do the pieces of the pattern stand in the text, in their order?
pub(crate) fn holds(text: &str, pattern: &str) -> bool {
    let mut rest = text;
    pattern.split('…').all(|piece| match rest.find(piece) {
        Some(at) => {
            rest = &rest[at + piece.len()..];
            true
        }
        None => false,
    })
}

#[test]
fn the_least_that_must_hold() {
    for (expected, actual, holds) in [
        (r#"{"a": 1}"#, r#"{"a": 1, "b": 2}"#, true),
        (r#"{"a": null}"#, r#"{"b": 2}"#, false),
        (r#"{"a": [1, 3]}"#, r#"{"a": [1, 2, 3]}"#, true),
        (r#"{"a": [3, 1]}"#, r#"{"a": [1, 2, 3]}"#, false),
        (r#"{"a": []}"#, r#"{"a": [1]}"#, false),
        (r#""The … end""#, r#""The very end""#, true),
        (r#""The … end""#, r#""The very end.""#, false),
        (r#""The""#, r#""Then""#, false),
    ] {
        let values = [expected, actual].map(|json| serde_json::from_str::<Value>(json).unwrap());
        assert_eq!(is_held(&values[0], &values[1]), holds, "{expected} in {actual}");
    }
}
