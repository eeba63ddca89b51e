//! Paragraphs that were cut into lines of one width, as in mails and plain text files, put together again.

use super::line::{Line, ends_a_sentence};

/// Fewest broken pairs of lines that show a page to be cut to a width.
const LEAST_PAIRS: usize = 8;
/// No page is cut to a greater width than this, in characters.
const WIDEST: usize = 110;
const NARROWEST: usize = 40;

/// Joins the lines of a page that was cut to a width; leaves other pages as they are.
#[must_use]
pub fn unwrapped(text: &str, lines: Vec<Line>) -> Vec<Line> {
    let Some(width) = width(text, &lines) else { return lines };
    let mut joined: Vec<Line> = Vec::with_capacity(lines.len());
    let mut above = 0..0;
    for line in lines {
        let full = fills(text, &above, &line, width);
        match joined.last_mut().filter(|_| line.blanks == 0 && full) {
            Some(last) => last.range.end = line.range.end,
            None => joined.push(line.clone()),
        }
        above = line.range;
    }
    joined
}

/// Would the first word of the line not have fitted into the line above?
fn fills(text: &str, above: &std::ops::Range<usize>, line: &Line, width: usize) -> bool {
    let above = text.get(above.clone()).unwrap_or_default();
    let word = line.of(text).split_whitespace().next().unwrap_or_default();
    above.chars().count() + 1 + word.chars().count() > width
}

/// The width to which the page's paragraphs were cut, if they were.
fn width(text: &str, lines: &[Line]) -> Option<usize> {
    let mut widths: Vec<usize> = lines
        .windows(2)
        .filter(|pair| pair[1].blanks == 0 && is_cut(pair[0].of(text), pair[1].of(text)))
        .map(|pair| pair[0].of(text).chars().count())
        .collect();
    widths.sort_unstable();
    let widest = widths.get(widths.len().checked_sub(1)? * 19 / 20).copied()?;
    let middle = widths.get(widths.len() / 2).copied()?;
    let even = middle * 10 >= widest * 8 && (NARROWEST..=WIDEST).contains(&widest);
    (widths.len() >= LEAST_PAIRS && even).then_some(widest)
}

/// A sentence stops in mid-air and the next line goes on small.
fn is_cut(above: &str, here: &str) -> bool {
    here.starts_with(char::is_lowercase)
        && !ends_a_sentence(above)
        && above.split_whitespace().nth(4).is_some()
}

#[cfg(test)]
mod tests {
    use super::super::line::lines;
    use super::*;

    #[test]
    fn lines_of_one_width_are_joined() {
        let paragraph = "The council of the city met on Monday to vote on the old bridge,\nwhich has been closed since the flood of last year, when a barge\nhit one of its three piers. The mayor said the repair would take\nmore than a year and cost more than the city can hope to find in\nits purse.\n";
        let text = format!("Bridge\n\n{paragraph}\n{paragraph}\n{paragraph}\nShare\nPrint\n");
        let joined = unwrapped(&text, lines(&text));
        let ends: Vec<usize> = joined.iter().map(|l| l.of(&text).lines().count()).collect();
        assert_eq!(ends, [1, 5, 5, 5, 1, 1]);
    }

    #[test]
    fn other_pages_stay() {
        let text = "Bridge closed\nThe council met on Monday.\nShare\nit\n";
        assert_eq!(unwrapped(text, lines(text)), lines(text));
    }
}
