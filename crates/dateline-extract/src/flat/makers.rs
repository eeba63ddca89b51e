//! The line in which a report names its makers: "Reporting: Jane Roe. Editing: John Poe."

/// A line of makers names so many tasks at least: one label and what follows may be a sentence.
const TASKS: usize = 2;
/// A task is no longer than this, in words.
const TASK_WORDS: usize = 3;
/// The names for one task are no longer than this, in words.
const NAME_WORDS: usize = 8;

/// Does the line name tasks and who did each, and nothing else?
#[must_use]
pub(crate) fn names_its_makers(line: &str) -> bool {
    let mut tasks = line.split(':');
    let Some(first) = tasks.next() else { return false };
    let rest: Vec<&str> = tasks.collect();
    let Some((last, between)) = rest.split_last() else { return false };
    rest.len() >= TASKS
        && is_task(first)
        && between.iter().all(|part| parts_names_from_task(part))
        && is_short(last, NAME_WORDS)
}

/// "H. Roe. Technics": names, the mark that ends them, and the next task.
fn parts_names_from_task(part: &str) -> bool {
    part.rsplit_once(ENDS).is_some_and(|(names, task)| is_task(task) && is_short(names, NAME_WORDS))
}

/// What stands between one maker and the next task.
const ENDS: [char; 4] = ['.', ';', '|', '/'];

fn is_task(words: &str) -> bool {
    let words = words.trim();
    is_short(words, TASK_WORDS)
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
