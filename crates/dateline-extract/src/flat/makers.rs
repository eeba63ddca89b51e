//! The line in which a report names its makers: "Reporting: Jane Roe. Editing: John Poe."

use std::sync::LazyLock;

use serde::Deserialize;

/// The figures of `data/extract/bylines.toml`.
#[derive(Deserialize)]
struct File {
    makers: Makers,
}

#[derive(Deserialize)]
struct Makers {
    tasks: usize,
    task_words: usize,
    name_words: usize,
    ends: Vec<char>,
}

static MAKERS: LazyLock<Makers> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../../../../data/extract/bylines.toml"))
        .expect("data/extract/bylines.toml is part of the build and tested");
    file.makers
});

/// Does the line name tasks and who did each, and nothing else?
#[must_use]
pub(crate) fn names_its_makers(line: &str) -> bool {
    let mut tasks = line.split(':');
    let Some(first) = tasks.next() else { return false };
    let rest: Vec<&str> = tasks.collect();
    let Some((last, between)) = rest.split_last() else { return false };
    rest.len() >= MAKERS.tasks
        && is_task(first)
        && between.iter().all(|part| parts_names_from_task(part))
        && is_short(last, MAKERS.name_words)
}

/// "H. Roe. Technics": names, the mark that ends them, and the next task.
fn parts_names_from_task(part: &str) -> bool {
    part.rsplit_once(MAKERS.ends.as_slice())
        .is_some_and(|(names, task)| is_task(task) && is_short(names, MAKERS.name_words))
}

fn is_task(words: &str) -> bool {
    let words = words.trim();
    is_short(words, MAKERS.task_words)
        && words.starts_with(char::is_uppercase)
        && words.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '&'))
}

fn is_short(words: &str, most: usize) -> bool {
    (1..=most).contains(&words.split_whitespace().count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn makers_are_told_from_sentences() {
        let makers = [
            "Reporting: Jane Roe. Editing: John Poe and Ann Loe",
            "Text: J. Roe; Photo: A. Poe",
            "Sound: Roe | Light: Poe.",
        ];
        let others = [
            "Asked who had fired first, he said: nobody. Asked again: everybody knows what happened there on that Monday morning.",
            "Note: the bridge is closed.",
            "The score: Velinsk 2. Belgorin: 1, which is the fourth defeat of that team in as many games of this year.",
            "He left at 18:00 and came back at 19:30.",
            "",
        ];
        assert!(makers.into_iter().all(names_its_makers));
        assert!(!others.into_iter().any(names_its_makers));
    }
}
