//! Builds the tree from the tokens: end tags that pages leave out, tags that cross, depth without bound.
//!
//! Follows the tree construction of the HTML standard where it decides which text stands in which
//! element. Two things are simpler. Nothing is moved: what stands in a table outside its cells stays
//! there. And where an inline end tag comes inside a block (`<a><div>x</a>y</div>`), the block is
//! closed with it and a second node goes on with the block.

use dateline_model::{MappedText, Span};

use super::document::{Document, Element, Node, NodeId, NodeKind};
use super::tag::Tag;
use super::tokenizer::{StartTag, TextToken, Token, Tokenizer};

/// Elements nested deeper than this become siblings, as in browsers.
const DEEPEST: usize = 512;
/// How many nodes may be made only to go on with a block; real pages need a few dozen.
const MOST_CONTINUATIONS: usize = 1 << 14;

/// Reads the page in `source` into a tree.
pub(super) fn build(source: &MappedText) -> Document<'_> {
    let mut builder = Builder::new(source.as_str());
    while let Some(token) = builder.tokenizer.next() {
        match token {
            Token::Text(text) => builder.text(text),
            Token::Start(start) => builder.start(&start),
            Token::End { tag, name, .. } => builder.end(tag, name),
        }
    }
    builder.close_from(0);
    let end = builder.next_id();
    builder.nodes[0].end = end;
    Document { source, nodes: builder.nodes, attributes: builder.tokenizer.into_attributes() }
}

struct Builder<'a> {
    text: &'a str,
    tokenizer: Tokenizer<'a>,
    nodes: Vec<Node>,
    /// The open elements, outermost first.
    open: Vec<Open>,
    /// How many elements of each tag are open, so that most searches need not begin.
    counts: [usize; Tag::COUNT],
    seen_head: bool,
    continuations: usize,
}

#[derive(Clone, Copy)]
struct Open {
    id: NodeId,
    tag: Tag,
    name: Span,
}

impl<'a> Builder<'a> {
    fn new(text: &'a str) -> Self {
        let root = Node { parent: NodeId::ROOT, end: NodeId::ROOT, kind: NodeKind::Root };
        let mut nodes = Vec::with_capacity(text.len() / 24 + 1);
        nodes.push(root);
        let tokenizer = Tokenizer::new(text);
        let counts = [0; Tag::COUNT];
        Self { text, tokenizer, nodes, open: Vec::new(), counts, seen_head: false, continuations: 0 }
    }

    fn text(&mut self, text: TextToken) {
        if self.top() == Some(Tag::Head) && !self.text[text.range.range()].trim().is_empty() {
            self.close_through(Tag::Head);
        }
        self.append(NodeKind::Text(text));
    }

    fn start(&mut self, start: &StartTag) {
        if self.is_double(start.tag) {
            return;
        }
        self.close_before(start.tag);
        let id = self.append(NodeKind::Element(Element {
            tag: start.tag,
            name: start.name,
            range: start.range,
            attributes: start.attributes.clone(),
            goes_on: false,
            continues: false,
        }));
        let foreign = self.is_open(Tag::Svg) || self.is_open(Tag::Math);
        if start.tag.is_void() || (foreign && start.self_closing) {
            return;
        }
        if start.tag.is_raw() && (!foreign || matches!(start.tag, Tag::Script | Tag::Style)) {
            self.raw(start.tag, id);
        } else {
            self.push(Open { id, tag: start.tag, name: start.name });
        }
    }

    /// Browsers take a page's second `<html>`, `<head>` or `<body>`, and a form in a form, for nothing.
    fn is_double(&mut self, tag: Tag) -> bool {
        match tag {
            Tag::Html | Tag::Body | Tag::Form => self.is_open(tag),
            Tag::Head => std::mem::replace(&mut self.seen_head, true),
            _ => false,
        }
    }

    fn raw(&mut self, tag: Tag, id: NodeId) {
        let text = self.tokenizer.raw_text(tag);
        if text.range.start < text.range.end {
            let end = self.next_id().0 + 1;
            self.nodes.push(Node { parent: id, end: NodeId(end), kind: NodeKind::Text(text) });
            self.nodes[id.index()].end = NodeId(end);
        }
    }

    fn end(&mut self, tag: Tag, name: Span) {
        if !self.is_open(tag) && tag.heading_level().is_none() {
            return;
        }
        match tag {
            Tag::Html | Tag::Body => {}
            _ if tag.is_formatting() => self.end_formatting(tag),
            Tag::Li => {
                self.close_nearest(|t| t == tag, |t| t.bounds_scope() || matches!(t, Tag::Ul | Tag::Ol));
            }
            Tag::Table
            | Tag::Tr
            | Tag::Tbody
            | Tag::Thead
            | Tag::Tfoot
            | Tag::Td
            | Tag::Th
            | Tag::Caption => {
                self.close_nearest(|t| t == tag, bounds_table);
            }
            _ if tag.heading_level().is_some() => {
                self.close_nearest(|t| t.heading_level().is_some(), Tag::bounds_scope);
            }
            Tag::Other => self.end_other(name),
            _ if tag.is_special() || tag.bounds_scope() => {
                self.close_nearest(|t| t == tag, Tag::bounds_scope);
            }
            _ => self.close_nearest(|t| t == tag, Tag::is_special),
        }
    }

    /// An element that the standard does not know is found by its spelling.
    fn end_other(&mut self, name: Span) {
        let name = &self.text[name.range()];
        let spelled = |o: &Open| o.tag == Tag::Other && self.text[o.name.range()].eq_ignore_ascii_case(name);
        let found = self.open.iter().rposition(|o| spelled(o) || o.tag.bounds_scope());
        if let Some(at) = found.filter(|at| spelled(&self.open[*at])) {
            self.close_from(at);
        }
    }

    /// Closes an inline element; blocks inside it go on behind it.
    fn end_formatting(&mut self, tag: Tag) {
        let found = self.open.iter().rposition(|o| o.tag == tag || o.tag.bounds_scope());
        let Some(at) = found.filter(|at| self.open[*at].tag == tag) else { return };
        let Some(block) = self.open[at..].iter().position(|o| o.tag.is_special()) else {
            self.close_from(at);
            return;
        };
        let blocks = self.open[at + block..].to_vec();
        self.continuations += blocks.len();
        if self.continuations > MOST_CONTINUATIONS {
            return;
        }
        self.close_from(at);
        for open in blocks {
            self.go_on_with(open);
        }
    }

    fn go_on_with(&mut self, open: Open) {
        let Some(NodeKind::Element(begun)) = self.nodes.get_mut(open.id.index()).map(|n| &mut n.kind) else {
            return;
        };
        begun.goes_on = true;
        let again = Element { continues: true, goes_on: false, ..begun.clone() };
        let id = self.append(NodeKind::Element(again));
        self.push(Open { id, ..open });
    }

    /// Closes what the start tag of `tag` ends without saying so.
    fn close_before(&mut self, tag: Tag) {
        use Tag::*;
        if self.is_open(Head) && !tag.belongs_to_head() {
            self.close_through(Head);
        }
        match tag {
            A => self.end_formatting(A),
            Li => self.close_nearest(|t| t == Li, bounds_item),
            Dd | Dt => self.close_nearest(|t| matches!(t, Dd | Dt), bounds_item),
            Option => self.close_top(|t| t == Option),
            Optgroup => {
                self.close_top(|t| t == Option);
                self.close_top(|t| t == Optgroup);
            }
            Rt | Rp | Rtc => self.close_top(|t| matches!(t, Rt | Rp)),
            Td | Th => self.close_nearest(|t| matches!(t, Td | Th), bounds_table),
            Tr => self.close_nearest(|t| t == Tr, bounds_table),
            Tbody | Thead | Tfoot => self.close_nearest(|t| matches!(t, Tbody | Thead | Tfoot), bounds_table),
            Button => self.close_nearest(|t| t == Button, Tag::bounds_scope),
            _ => {}
        }
        if tag.closes_paragraph() {
            self.close_nearest(|t| t == P, |t| t.bounds_scope() || t == Button);
        }
        if tag.heading_level().is_some() {
            self.close_top(|t| t.heading_level().is_some());
        }
    }

    fn close_through(&mut self, tag: Tag) {
        self.close_nearest(|t| t == tag, |_| false);
    }

    /// Closes the innermost open element that is `wanted`, unless a `wall` stands before it.
    fn close_nearest(&mut self, wanted: impl Fn(Tag) -> bool, wall: impl Fn(Tag) -> bool) {
        let found = self.open.iter().rposition(|o| wanted(o.tag) || wall(o.tag));
        if let Some(at) = found.filter(|at| wanted(self.open[*at].tag)) {
            self.close_from(at);
        }
    }

    fn close_top(&mut self, wanted: impl Fn(Tag) -> bool) {
        if self.top().is_some_and(wanted) {
            self.close_from(self.open.len() - 1);
        }
    }

    fn close_from(&mut self, at: usize) {
        let end = self.next_id();
        for open in self.open.drain(at..) {
            self.nodes[open.id.index()].end = end;
            self.counts[open.tag as usize] -= 1;
        }
    }

    fn push(&mut self, open: Open) {
        if self.open.len() < DEEPEST {
            self.counts[open.tag as usize] += 1;
            self.open.push(open);
        }
    }

    fn append(&mut self, kind: NodeKind) -> NodeId {
        let id = self.next_id();
        let parent = self.open.last().map_or(NodeId::ROOT, |o| o.id);
        self.nodes.push(Node { parent, end: NodeId(id.0 + 1), kind });
        id
    }

    fn top(&self) -> Option<Tag> {
        self.open.last().map(|o| o.tag)
    }

    fn is_open(&self, tag: Tag) -> bool {
        self.counts[tag as usize] > 0
    }

    /// A page of 4 GiB has fewer nodes than that, so the conversion never saturates.
    fn next_id(&self) -> NodeId {
        NodeId(u32::try_from(self.nodes.len()).unwrap_or(u32::MAX))
    }
}

/// The walls around the cells of a table.
fn bounds_table(tag: Tag) -> bool {
    matches!(tag, Tag::Table | Tag::Template | Tag::Html)
}

/// The walls around a list item: blocks other than those that often stand open in one.
fn bounds_item(tag: Tag) -> bool {
    tag.is_special() && !matches!(tag, Tag::Address | Tag::Div | Tag::P)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode;

    /// The tree of `text` written out: `p(text b(text))`; `+` marks a node that goes on with an earlier one.
    fn written(text: &str) -> String {
        let source = decode(text.as_bytes(), "utf-8");
        let page = Document::parse(&source);
        let mut out = String::new();
        let mut ends: Vec<NodeId> = Vec::new();
        for (id, node) in page.nodes() {
            while ends.last().is_some_and(|end| *end <= id) {
                ends.pop();
                out += ")";
            }
            match &node.kind {
                NodeKind::Element(e) => {
                    out += &format!("{}{}(", if e.continues { "+" } else { "" }, page.name(e));
                    ends.push(node.end);
                }
                NodeKind::Text(t) => out += page.slice(t.range),
                NodeKind::Root => {}
            }
        }
        out + &")".repeat(ends.len())
    }

    fn check(text: &str, expected: &str) {
        assert_eq!(written(text), expected, "{text}");
    }

    #[test]
    fn end_tags_left_out() {
        check("<p>a<p>b<div>c", "p(a)p(b)div(c)");
        check("<ul><li>a<ul><li>b</ul><li>c</ul>d", "ul(li(aul(li(b)))li(c))d");
        check("<dl><dt>a<dd>b<dt>c</dl>", "dl(dt(a)dd(b)dt(c))");
        check(
            "<table><tr><td>a<td>b<tr><td><table><tr><td>c</table>d</table>e",
            "table(tr(td(a)td(b))tr(td(table(tr(td(c)))d)))e",
        );
        check("<select><option>a<option>b</select>c", "select(option(a)option(b))c");
        check("<head><title>t</title><p>x", "head(title(t))p(x)");
        check("<head><title>t</title> text", "head(title(t)) text");
        check("<h1>a<h2>b</h1>c", "h1(a)h2(b)c");
    }

    #[test]
    fn end_tags_too_many() {
        check("<div>a</p></span></b></div></div>b", "div(a)b");
        check("<body>a</body></html>b", "body(ab)");
        check("<div><span>a</div>b</span>c", "div(span(a))bc");
        check("<table><tr><td></div>a</table>", "table(tr(td(a)))");
        check("<my-box>a</MY-BOX>b</my-box>c", "my-box(a)bc");
    }

    #[test]
    fn crossing_tags() {
        check("<b>a<i>b</b>c</i>d", "b(ai(b))cd");
        check("<a>x<div>y</a>z</div>w", "a(xdiv(y))+div(z)w");
        check("<p><a>x<a>y</a></p>", "p(a(x)a(y))");
        check("<form>a<form>b</form>c", "form(ab)c");
    }

    #[test]
    fn raw_and_void_elements() {
        check("<p>a<br>b<img src=x>c</p>", "p(abr()bimg()c)");
        check("<div>a<script>'</div>'</script>b</div>", "div(ascript('</div>')b)");
        check("<svg><path/><title/>a</svg>b<p/>c", "svg(path()title()a)bp(c)");
    }

    #[test]
    fn hostile_nesting() {
        for (text, most) in [
            ("<div>".repeat(100_000), 100_001),
            ("<b>".repeat(300) + &"<div>".repeat(200) + &"</b>".repeat(300), 20_000),
            (("<b>".repeat(200) + &"<div>".repeat(200) + &"</b></div>".repeat(200)).repeat(50), 60_000),
            ("<p><table>".repeat(50_000), 100_001),
            ("</div>".repeat(100_000), 1),
        ] {
            let source = decode(text.as_bytes(), "utf-8");
            let page = Document::parse(&source);
            assert!(page.len() <= most, "{} nodes of {:?}", page.len(), &text[..20]);
            let deepest = page.nodes().last().map_or(0, |(id, _)| page.ancestors(id).count());
            assert!(deepest <= DEEPEST);
        }
    }
}
