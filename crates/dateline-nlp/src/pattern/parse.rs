//! The syntax of Python's `re`, as far as packages use it.

use std::rc::Rc;

use super::Unsupported;
use super::compile::Direction;
use crate::unicode::{CLASSES, CharSet};

/// Groups may stand in one another this deep.
const DEEPEST: usize = 50;

/// The largest number of times that a counted repetition may ask for.
const MOST_REPEATS: u32 = 1000;

/// A part of a pattern.
#[derive(Clone, Debug)]
pub(crate) enum Node {
    Set(Rc<CharSet>),
    Sequence(Vec<Node>),
    Either(Vec<Node>),
    Repeat { node: Box<Node>, least: u32, most: Option<u32>, order: Order },
    Look { node: Box<Node>, direction: Direction, wanted: Wanted },
    Start,
    End,
}

/// Does a repetition take as much as it can, or as little?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    Greedy,
    Lazy,
}

/// Must what is looked for stand there, or must it not?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    There,
    Absent,
}

impl Node {
    /// The alternatives at the top of the pattern.
    pub(crate) fn alternatives(&self) -> Vec<&Node> {
        if let Self::Either(nodes) = self { nodes.iter().collect() } else { vec![self] }
    }

    /// The characters that a match can begin with (or, backwards, end with); `None` if it may be empty.
    pub(crate) fn first(&self, direction: Direction) -> Option<CharSet> {
        match self {
            Self::Set(set) => Some((**set).clone()),
            Self::Sequence(nodes) if direction == Direction::Forward => {
                nodes.iter().find_map(|n| n.consumed(direction))
            }
            Self::Sequence(nodes) => nodes.iter().rev().find_map(|n| n.consumed(direction)),
            Self::Either(nodes) => {
                let sets: Option<Vec<_>> = nodes.iter().map(|node| node.first(direction)).collect();
                Some(CharSet::new(sets?.iter().flat_map(|set| set.ranges().iter().copied()).collect()))
            }
            Self::Repeat { node, least: 1.., .. } => node.first(direction),
            Self::Repeat { .. } | Self::Look { .. } | Self::Start | Self::End => None,
        }
        .filter(|_| !self.may_be_empty())
    }

    /// As [`Node::first`], for a part of a sequence: whatever may be empty lets every character through.
    fn consumed(&self, direction: Direction) -> Option<CharSet> {
        match self {
            Self::Look { .. } | Self::Start | Self::End => None,
            node if node.may_be_empty() => Some(CharSet::new(vec![(0, u32::from(char::MAX))])),
            node => node.first(direction),
        }
    }

    fn may_be_empty(&self) -> bool {
        match self {
            Self::Set(_) => false,
            Self::Sequence(nodes) => nodes.iter().all(Self::may_be_empty),
            Self::Either(nodes) => nodes.iter().any(Self::may_be_empty),
            Self::Repeat { node, least, .. } => *least == 0 || node.may_be_empty(),
            Self::Look { .. } | Self::Start | Self::End => true,
        }
    }

    pub(crate) fn begins_with_start(&self) -> bool {
        match self {
            Self::Start => true,
            Self::Sequence(nodes) => nodes.first().is_some_and(Self::begins_with_start),
            Self::Either(nodes) => !nodes.is_empty() && nodes.iter().all(Self::begins_with_start),
            _ => false,
        }
    }

    pub(crate) fn ends_with_end(&self) -> bool {
        match self {
            Self::End => true,
            Self::Sequence(nodes) => nodes.last().is_some_and(Self::ends_with_end),
            Self::Either(nodes) => !nodes.is_empty() && nodes.iter().all(Self::ends_with_end),
            _ => false,
        }
    }

    /// ASCII characters without which nothing matches.
    pub(crate) fn required(&self) -> Vec<u8> {
        match self {
            Self::Set(set) => match set.ranges() {
                &[(first, last)] if first == last => {
                    u8::try_from(first).ok().filter(u8::is_ascii).into_iter().collect()
                }
                _ => Vec::new(),
            },
            Self::Sequence(nodes) => nodes.iter().flat_map(Self::required).collect(),
            Self::Either(nodes) => {
                let mut each = nodes.iter().map(Self::required);
                let first = each.next().unwrap_or_default();
                each.fold(first, |kept, other| kept.into_iter().filter(|byte| other.contains(byte)).collect())
            }
            Self::Repeat { node, least: 1.., .. } => node.required(),
            Self::Repeat { .. } | Self::Look { .. } | Self::Start | Self::End => Vec::new(),
        }
    }
}

/// Reads a pattern.
pub(crate) fn parse(source: &str) -> Result<Node, Unsupported> {
    let source = source.strip_prefix("(?u)").unwrap_or(source);
    let mut parser = Parser { chars: source.chars().collect(), at: 0 };
    let node = parser.either(0)?;
    if parser.at < parser.chars.len() {
        Err(parser.unsupported("a bracket that nothing opened"))
    } else {
        Ok(node)
    }
}

struct Parser {
    chars: Vec<char>,
    at: usize,
}

impl Parser {
    fn either(&mut self, depth: usize) -> Result<Node, Unsupported> {
        if depth > DEEPEST {
            return Err(self.unsupported("groups too deep in one another"));
        }
        let mut nodes = vec![self.sequence(depth)?];
        while self.eat("|") {
            nodes.push(self.sequence(depth)?);
        }
        Ok(if nodes.len() == 1 { nodes.swap_remove(0) } else { Node::Either(nodes) })
    }

    fn sequence(&mut self, depth: usize) -> Result<Node, Unsupported> {
        let mut nodes = Vec::new();
        while let Some(c) = self.peek().filter(|&c| c != '|' && c != ')') {
            let node = self.atom(c, depth)?;
            nodes.push(self.repeated(node)?);
        }
        Ok(if nodes.len() == 1 { nodes.swap_remove(0) } else { Node::Sequence(nodes) })
    }

    fn atom(&mut self, c: char, depth: usize) -> Result<Node, Unsupported> {
        self.at += 1;
        match c {
            '(' => self.group(depth),
            '[' => self.class(),
            '^' => Ok(Node::Start),
            '$' => Ok(Node::End),
            '.' => Ok(set(CharSet::new(vec![(10, 10)]).complement())),
            '\\' => Ok(set(self.escape()?.into_set())),
            '*' | '+' | '?' => Err(self.unsupported("a repetition of nothing")),
            c => Ok(set(single(c))),
        }
    }

    fn group(&mut self, depth: usize) -> Result<Node, Unsupported> {
        let look = |direction, wanted| Some((direction, wanted));
        let kind = if self.eat("?:") {
            None
        } else if self.eat("?=") {
            look(Direction::Forward, Wanted::There)
        } else if self.eat("?!") {
            look(Direction::Forward, Wanted::Absent)
        } else if self.eat("?<=") {
            look(Direction::Backward, Wanted::There)
        } else if self.eat("?<!") {
            look(Direction::Backward, Wanted::Absent)
        } else if self.peek() == Some('?') {
            return Err(self.unsupported("a group with an extension"));
        } else {
            None
        };
        let node = self.either(depth + 1)?;
        if !self.eat(")") {
            return Err(self.unsupported("a bracket that nothing closes"));
        }
        Ok(match kind {
            None => node,
            Some((direction, wanted)) => Node::Look { node: Box::new(node), direction, wanted },
        })
    }

    fn repeated(&mut self, node: Node) -> Result<Node, Unsupported> {
        let (least, most) = match self.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => match self.counts() {
                Some(counts) => counts,
                None => return Err(self.unsupported("a count that cannot be read")),
            },
            _ => return Ok(node),
        };
        self.at += 1;
        if least.max(most.unwrap_or(0)) > MOST_REPEATS {
            return Err(self.unsupported("a very large count"));
        }
        let order = if self.eat("?") { Order::Lazy } else { Order::Greedy };
        if matches!(self.peek(), Some('+' | '*' | '{')) {
            return Err(self.unsupported("a repetition of a repetition"));
        }
        Ok(Node::Repeat { node: Box::new(node), least, most, order })
    }

    /// `{m}`, `{m,}`, `{m,n}`; stops at the closing brace.
    fn counts(&mut self) -> Option<(u32, Option<u32>)> {
        let close = self.chars.get(self.at..)?.iter().position(|&c| c == '}')? + self.at;
        let inside: String = self.chars.get(self.at + 1..close)?.iter().collect();
        self.at = close;
        let (least, most) = inside.split_once(',').unwrap_or((&inside, &inside));
        let least = if least.is_empty() { 0 } else { least.parse().ok()? };
        let most = if most.is_empty() { None } else { Some(most.parse().ok()?) };
        most.is_none_or(|most| least <= most).then_some((least, most))
    }

    fn class(&mut self) -> Result<Node, Unsupported> {
        let negated = self.eat("^");
        let mut ranges = Vec::new();
        let mut first = true;
        loop {
            let Some(c) = self.peek() else { return Err(self.unsupported("a class that nothing closes")) };
            if c == ']' && !first {
                break;
            }
            first = false;
            match self.class_member()? {
                Escape::Set(set) => ranges.extend_from_slice(set.ranges()),
                Escape::Char(from) => ranges.push((u32::from(from), u32::from(self.class_range_end(from)?))),
            }
        }
        self.at += 1;
        let found = CharSet::new(ranges);
        Ok(set(if negated { found.complement() } else { found }))
    }

    fn class_member(&mut self) -> Result<Escape, Unsupported> {
        let c = self.peek().unwrap_or('\\');
        self.at += 1;
        if c == '\\' { self.escape() } else { Ok(Escape::Char(c)) }
    }

    /// The end of a range that begins with `from`; `from` itself where no range follows.
    fn class_range_end(&mut self, from: char) -> Result<char, Unsupported> {
        let follows = self.peek() == Some('-') && !matches!(self.chars.get(self.at + 1), None | Some(']'));
        if !follows {
            return Ok(from);
        }
        self.at += 1;
        match self.class_member()? {
            Escape::Char(to) if from <= to => Ok(to),
            _ => Err(self.unsupported("a range that runs backwards")),
        }
    }

    fn escape(&mut self) -> Result<Escape, Unsupported> {
        let Some(c) = self.peek() else { return Err(self.unsupported("a backslash before nothing")) };
        self.at += 1;
        let classes = &*CLASSES;
        Ok(match c {
            'd' => Escape::Set(classes.decimal.clone()),
            'D' => Escape::Set(classes.decimal.complement()),
            'w' => Escape::Set(classes.word.clone()),
            'W' => Escape::Set(classes.word.complement()),
            's' => Escape::Set(classes.space.clone()),
            'S' => Escape::Set(classes.space.complement()),
            'n' => Escape::Char('\n'),
            't' => Escape::Char('\t'),
            'r' => Escape::Char('\r'),
            'f' => Escape::Char('\x0c'),
            'v' => Escape::Char('\x0b'),
            'a' => Escape::Char('\x07'),
            'x' => self.hex(2)?,
            'u' => self.hex(4)?,
            'U' => self.hex(8)?,
            c if c.is_ascii_alphanumeric() => return Err(self.unsupported("an escape it does not know")),
            c => Escape::Char(c),
        })
    }

    fn hex(&mut self, digits: usize) -> Result<Escape, Unsupported> {
        let text: Option<String> =
            self.chars.get(self.at..self.at + digits).map(|chars| chars.iter().collect());
        self.at += digits;
        // Surrogates cannot stand in a text, so a class that ends at one ends just before them.
        let code = text.and_then(|hex| u32::from_str_radix(&hex, 16).ok());
        let code = code.map(|code| if (0xd800..0xe000).contains(&code) { 0xd7ff } else { code });
        code.and_then(char::from_u32)
            .map(Escape::Char)
            .ok_or_else(|| self.unsupported("a code that is no character"))
    }

    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn eat(&mut self, text: &str) -> bool {
        let found = text.chars().enumerate().all(|(i, c)| self.chars.get(self.at + i) == Some(&c));
        if found {
            self.at += text.chars().count();
        }
        found
    }

    fn unsupported(&self, what: &'static str) -> Unsupported {
        Unsupported { what, at: self.at }
    }
}

/// What a backslash stands for.
enum Escape {
    Char(char),
    Set(CharSet),
}

impl Escape {
    fn into_set(self) -> CharSet {
        match self {
            Self::Char(c) => single(c),
            Self::Set(set) => set,
        }
    }
}

fn set(set: CharSet) -> Node {
    Node::Set(Rc::new(set))
}

fn single(c: char) -> CharSet {
    CharSet::new(vec![(u32::from(c), u32::from(c))])
}
