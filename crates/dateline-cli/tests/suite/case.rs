//! One case of the suite: its input, its call and what must come out, read from Markdown.

use serde_json::Value;

/// A case, ready to run.
#[derive(Default)]
pub(crate) struct Case {
    /// File and heading.
    pub(crate) name: String,
    /// Files to write, by name.
    pub(crate) files: Vec<(String, Vec<u8>)>,
    /// What stands on standard input.
    pub(crate) stdin: Vec<u8>,
    /// Calls made before it, whose output is not looked at.
    pub(crate) first: Vec<Vec<String>>,
    /// The call, without the program's name.
    pub(crate) arguments: Vec<String>,
    /// What must be printed, an object for each line; none where anything may be.
    pub(crate) expected: Option<Vec<Value>>,
    /// What must be said on standard error.
    pub(crate) errors: Vec<String>,
    /// The exit code.
    pub(crate) exit: i32,
    /// Why it need not hold yet.
    pub(crate) planned: Option<String>,
}

/// All cases of one Markdown file.
///
/// # Panics
/// If a block cannot be read: the case's author must know.
pub(crate) fn read(file: &str, markdown: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut lines = markdown.lines();
    while let Some(line) = lines.next() {
        if let Some(heading) = line.strip_prefix("## ") {
            cases.push(Case { name: format!("{file}: {heading}"), ..Case::default() });
        } else if line.starts_with("```") {
            let fence = &line[..line.len() - line.trim_start_matches('`').len()];
            let body: Vec<&str> = lines.by_ref().take_while(|line| *line != fence).collect();
            if let Some(case) = cases.last_mut() {
                case.add(line.trim_start_matches('`'), &body);
            }
        }
    }
    cases.iter_mut().for_each(Case::complete);
    cases
}

impl Case {
    /// Takes in a block by the words after its fence.
    fn add(&mut self, info: &str, body: &[&str]) {
        let words: Vec<&str> = info.split_whitespace().collect();
        match words.get(1..).unwrap_or_default() {
            ["input", "-"] => self.stdin = written(body),
            ["input", name] => self.files.push(((*name).to_owned(), written(body))),
            ["input", name, "escaped"] => self.files.push(((*name).to_owned(), unescaped(body))),
            ["first"] => self.first.push(arguments(body)),
            ["command"] => self.arguments = arguments(body),
            ["expect"] => self.expected = Some(objects(&self.name, &body.join("\n"))),
            ["errors"] => self.errors = body.iter().map(|line| (*line).to_owned()).collect(),
            ["planned"] => self.planned = Some(body.join(" ")),
            ["exit"] => self.exit = body.concat().trim().parse().expect("an exit code"),
            [] => {}
            other => panic!("{}: no such block: {other:?}", self.name),
        }
    }

    /// Without a call of its own, a case extracts all its inputs.
    fn complete(&mut self) {
        if self.arguments.is_empty() {
            self.arguments = vec!["extract".to_owned()];
            self.arguments.extend(self.files.iter().map(|(name, _)| name.clone()));
            self.arguments.extend((!self.stdin.is_empty()).then(|| "-".to_owned()));
        }
    }
}

fn written(body: &[&str]) -> Vec<u8> {
    body.iter().flat_map(|line| [line.as_bytes(), b"\n"].concat()).collect()
}

fn arguments(body: &[&str]) -> Vec<String> {
    let call = body.concat();
    let words = call.trim_start_matches("$ ").trim_start_matches("dateline").split_whitespace();
    words.map(str::to_owned).collect()
}

fn objects(name: &str, json: &str) -> Vec<Value> {
    let objects: Result<Vec<Value>, _> = serde_json::Deserializer::from_str(json).into_iter().collect();
    objects.unwrap_or_else(|error| panic!("{name}: what is expected is not JSON: {error}"))
}

/// `\xE9`, `\0`, `\n`, `\r`, `\\`, and every other character as it stands.
fn unescaped(body: &[&str]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let text: String = body.iter().flat_map(|line| [*line, "\n"]).collect();
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => bytes.push(escape(&mut characters)),
            other => bytes.extend(other.to_string().bytes()),
        }
    }
    bytes
}

fn escape(characters: &mut std::str::Chars<'_>) -> u8 {
    match characters.next() {
        Some('x') => {
            let digits: String = characters.take(2).collect();
            u8::from_str_radix(&digits, 16).expect("two hexadecimal digits")
        }
        Some('0') => 0,
        Some('n') => b'\n',
        Some('r') => b'\r',
        Some('\\') => b'\\',
        other => panic!("no such escape: {other:?}"),
    }
}

#[test]
fn blocks_become_a_case() {
    let cases = read(
        "a.md",
        "# A\n```text\nprose\n```\n## B\n```text input x.txt\none\n```\n```json expect\n{\"id\": 1}\n{}\n```\n## C\n```text planned\nlater\n```\n```text input b escaped\n\\xE9\\0a\n```\n```text exit\n1\n```\n",
    );
    assert_eq!(cases[0].name, "a.md: B");
    assert_eq!(cases[0].files, [("x.txt".to_owned(), b"one\n".to_vec())]);
    assert_eq!(cases[0].arguments, ["extract", "x.txt"]);
    assert_eq!(cases[0].expected.as_ref().map(Vec::len), Some(2));
    assert_eq!((cases[1].files[0].1.as_slice(), cases[1].exit), (b"\xE9\0a\n".as_slice(), 1));
    assert_eq!((cases[0].planned.as_deref(), cases[1].planned.as_deref()), (None, Some("later")));
}
