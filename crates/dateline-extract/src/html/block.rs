//! The page cut into blocks: paragraphs, headings, list items, cells, captions, in reading order.
//!
//! A block is a run of text that no block element interrupts. Every character that a reader of the
//! page could see stands in exactly one block.

use dateline_model::MappedText;

use super::document::{Document, Element, NodeId, NodeKind};
use super::inline::{Inline, WhiteSpace};
use super::tag::Tag;
use super::tokenizer::TextToken;

/// One run of text and the elements it stands in.
#[derive(Clone, Debug)]
pub struct Block {
    /// The words, white space folded; `<br>` is a line break.
    pub text: MappedText,
    /// The innermost block element around it.
    pub node: NodeId,
    /// The text node in which it begins. Blocks are in the order of these.
    pub first: NodeId,
    /// Bytes of `text` that stand in links.
    pub linked: usize,
    /// Bytes of `text` that stand in `<b>` or `<strong>`.
    pub bold: usize,
    /// Bytes of `text` that stand in `<i>` or `<em>`.
    pub italic: usize,
    /// Does its last word stand in a link?
    pub ends_linked: bool,
}

/// Cuts `page` into blocks.
///
/// ```
/// use dateline_extract::{decode, html::{Document, blocks}};
/// let text = decode(b"<h1>Talks</h1><p>They <b>met</b>.<p>They left.", "utf-8");
/// let blocks = blocks(&Document::parse(&text));
/// let words: Vec<_> = blocks.iter().map(|b| b.text.as_str()).collect();
/// assert_eq!(words, ["Talks", "They met.", "They left."]);
/// ```
#[must_use]
pub fn blocks(page: &Document<'_>) -> Vec<Block> {
    let mut cutter = Cutter::new(page);
    let (mut at, end) = (1, page.len());
    while at < end {
        let id = NodeId(u32::try_from(at).unwrap_or(u32::MAX));
        cutter.leave(id);
        at = match &page.node(id).kind {
            NodeKind::Element(element) if is_skipped(element.tag) => page.node(id).end.index(),
            NodeKind::Element(element) => {
                cutter.enter(id, element);
                at + 1
            }
            NodeKind::Text(text) => {
                cutter.text(id, *text);
                at + 1
            }
            NodeKind::Root => at + 1,
        };
    }
    cutter.flush();
    cutter.blocks
}

/// Elements without text of the page's own.
fn is_skipped(tag: Tag) -> bool {
    use Tag::*;
    matches!(
        tag,
        Head | Script
            | Style
            | Template
            | Svg
            | Math
            | Iframe
            | Textarea
            | Title
            | Noembed
            | Noframes
            | Xmp
            | Datalist
    )
}

/// What holds of the text inside an element, from its ancestors and itself.
#[derive(Clone, Copy, Debug)]
struct Frame {
    /// Where the element ends.
    end: NodeId,
    /// The innermost block element.
    block: NodeId,
    /// Does leaving this element end a block?
    breaks: bool,
    /// Does it stand within a line?
    inline: bool,
    link: bool,
    bold: bool,
    italic: bool,
    white_space: WhiteSpace,
}

struct Cutter<'p, 'a> {
    page: &'p Document<'a>,
    frames: Vec<Frame>,
    inline: Inline<'a>,
    first: Option<NodeId>,
    linked: usize,
    bold: usize,
    italic: usize,
    ends_linked: bool,
    line_breaks: usize,
    /// Does all text of the line stand in elements of its own, `<font>` or `<b>`, and in no link?
    dressed: bool,
    blocks: Vec<Block>,
}

impl<'p, 'a> Cutter<'p, 'a> {
    fn new(page: &'p Document<'a>) -> Self {
        Self {
            page,
            frames: Vec::new(),
            inline: Inline::new(page.source()),
            first: None,
            linked: 0,
            bold: 0,
            italic: 0,
            ends_linked: false,
            line_breaks: 0,
            dressed: true,
            blocks: Vec::new(),
        }
    }

    fn frame(&self) -> Frame {
        self.frames.last().copied().unwrap_or(Frame {
            end: NodeId::ROOT,
            block: NodeId::ROOT,
            breaks: false,
            inline: false,
            link: false,
            bold: false,
            italic: false,
            white_space: WhiteSpace::Fold,
        })
    }

    /// Leaves the elements that end before `id`.
    fn leave(&mut self, id: NodeId) {
        while let Some(frame) = self.frames.pop_if(|f| f.end <= id) {
            if frame.breaks {
                self.flush();
            }
        }
    }

    fn enter(&mut self, id: NodeId, element: &Element) {
        match element.tag {
            Tag::Br => self.line_break(),
            Tag::Hr => self.flush(),
            tag if tag.is_void() => {}
            _ => self.push(id, element),
        }
    }

    fn push(&mut self, id: NodeId, element: &Element) {
        let around = self.frame();
        let breaks = self.breaks(element, around.block);
        if breaks && !element.continues {
            self.flush();
        }
        self.frames.push(Frame {
            end: self.page.node(id).end,
            block: if breaks { id } else { around.block },
            breaks: breaks && !element.goes_on,
            inline: !breaks,
            link: around.link || element.tag == Tag::A,
            bold: around.bold || matches!(element.tag, Tag::B | Tag::Strong),
            italic: around.italic || matches!(element.tag, Tag::I | Tag::Em),
            white_space: match element.tag {
                Tag::Pre | Tag::Listing => WhiteSpace::KeepLines,
                _ => around.white_space,
            },
        });
    }

    /// Custom elements are boxes, as sites use them, except within a paragraph or heading.
    fn breaks(&self, element: &Element, around: NodeId) -> bool {
        match element.tag {
            Tag::Other => {
                let around = self.page.tag(around);
                let in_line =
                    around.is_some_and(|t| matches!(t, Tag::P | Tag::Li) || t.heading_level().is_some());
                self.page.name(element).contains('-') && !in_line
            }
            Tag::Button | Tag::Noscript | Tag::Label => true,
            tag => tag.is_block(),
        }
    }

    fn line_break(&mut self) {
        self.line_breaks += 1;
        if self.line_breaks > 1 || self.ends_a_dressed_line() {
            self.flush();
        } else {
            self.inline.part_lines();
        }
        self.dressed = true;
    }

    /// Pages laid out in tables part the lines of a cell, headline and day among them, by `<br>` alone,
    /// and dress each in an element of its own, as later ones do with headings.
    fn ends_a_dressed_line(&self) -> bool {
        let frame = self.frame();
        let in_cell = matches!(self.page.tag(frame.block), Some(Tag::Td | Tag::Th));
        in_cell && !frame.inline && self.dressed
    }

    fn text(&mut self, id: NodeId, text: TextToken) {
        let frame = self.frame();
        let before = self.inline.len();
        self.inline.set_white_space(frame.white_space);
        self.inline.push_text(text);
        let added = self.inline.len() - before;
        if added == 0 {
            return;
        }
        self.line_breaks = 0;
        self.dressed &= frame.inline && !frame.link;
        self.first.get_or_insert(id);
        self.linked += if frame.link { added } else { 0 };
        self.bold += if frame.bold { added } else { 0 };
        self.italic += if frame.italic { added } else { 0 };
        self.ends_linked = frame.link;
    }

    /// Ends the block, if one has begun.
    fn flush(&mut self) {
        (self.line_breaks, self.dressed) = (0, true);
        let text = self.inline.finish();
        let [linked, bold, italic] = [&mut self.linked, &mut self.bold, &mut self.italic].map(std::mem::take);
        let Some(first) = self.first.take() else { return };
        let node = self.innermost_block(self.page.node(first).parent);
        self.blocks.push(Block { text, node, first, linked, bold, italic, ends_linked: self.ends_linked });
    }

    fn innermost_block(&self, inner: NodeId) -> NodeId {
        let is_block = |id: NodeId| self.page.tag(id).is_none_or(Tag::is_block);
        if is_block(inner) {
            return inner;
        }
        self.page.ancestors(inner).map(|(id, _)| id).find(|id| is_block(*id)).unwrap_or(NodeId::ROOT)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode;

    fn check(page: &str, expected: &[&str]) {
        let text = decode(page.as_bytes(), "utf-8");
        let page = Document::parse(&text);
        let blocks = blocks(&page);
        let words: Vec<_> = blocks.iter().map(|b| b.text.as_str()).collect();
        assert_eq!(words, expected);
    }

    #[test]
    fn blocks_part_text() {
        check("<div>a <b>b</b>c<p>d</p>e</div>f", &["a bc", "d", "e", "f"]);
        check("<ul><li>a<li>b<p>c</ul>", &["a", "b", "c"]);
        check("<table><tr><td>a<td>b</table>", &["a", "b"]);
        check("<head><title>t</title></head>a<script>b</script>c", &["ac"]);
    }

    #[test]
    fn line_breaks() {
        check("a<br>b<br><br>c <br/> d", &["a\nb", "c\nd"]);
        check("<pre>a  b\n  c\n\nd</pre>", &["a b\nc\nd"]);
        check("a\nb", &["a b"]);
    }

    #[test]
    fn lines_of_a_cell_that_are_dressed_by_themselves() {
        let cell = |inside: &str| format!("<table><tr><td>{inside}</table>");
        check(&cell("<font>3 May</font><br><b>Talks</b><br>They met."), &["3 May", "Talks", "They met."]);
        check(&cell("They <b>met</b><br>today<br><a>x</a><br>y"), &["They met\ntoday\nx\ny"]);
        check(&cell("<b>18:00 News<br>18:10 Music</b>"), &["18:00 News\n18:10 Music"]);
        check("<p><b>Talks</b><br>They met.", &["Talks\nThey met."]);
    }

    #[test]
    fn a_block_that_goes_on_is_one() {
        check("<p><b><p>a</b>b", &["ab"]);
        check("<div>x<a><div>a</a>b</div></div>y", &["x", "ab", "y"]);
    }

    #[test]
    fn custom_elements_are_boxes_outside_paragraphs() {
        check("<x-by>a</x-by><x-day>b</x-day><p>c<x-q>d</x-q></p>", &["a", "b", "cd"]);
    }

    #[test]
    fn linked_and_bold_parts() {
        let text = decode(b"<p>a <a href=x>bc <b>d</b></a> e", "utf-8");
        let page = Document::parse(&text);
        let block = &blocks(&page)[0];
        assert_eq!((block.linked, block.bold), (5, 2));
    }
}
