//! A page read: its tree, its blocks, and what each block is to the report.

use dateline_model::{MappedText, SetAside, SetAsideReason, Span};

use crate::chain::Chain;

use super::amend::amend;
use super::block::Block;
use super::document::Document;
use super::feature::feature_names;
use super::json_text::json_text;
use super::reading::{Reading, margins};
use super::role::{Role, roles};
use super::script_body::script_body;
use super::sign::SignTable;

/// The tables that reading HTML needs, loaded once and shared by threads.
#[derive(Clone, Debug)]
pub struct Reader {
    signs: SignTable,
    first: Chain,
    second: Chain,
}

/// A page with the role of each of its blocks.
#[derive(Clone, Debug)]
pub struct Page<'a> {
    /// The tree.
    pub document: Document<'a>,
    /// The blocks, in the order of the page.
    pub blocks: Vec<Block>,
    /// What each block is to the report.
    pub roles: Vec<Role>,
    /// The block that prints the headline of a page without headings.
    pub bold_headline: Option<usize>,
    /// The article out of the page's structured data, where its blocks print next to nothing of it.
    pub structured_body: Option<MappedText>,
}

impl Default for Reader {
    fn default() -> Self {
        Self::new()
    }
}

impl Reader {
    /// Reads the tables under `data/extract/`, which are part of the program.
    ///
    /// # Panics
    /// If a table does not fit the program, which its tests forbid.
    #[must_use]
    #[expect(clippy::expect_used, reason = "the tables are part of the program")]
    pub fn new() -> Self {
        let read = |weights| Chain::read(weights, feature_names()).expect("the weights fit the features");
        Self {
            signs: SignTable::built_in(),
            first: read(include_str!("../../../../data/extract/html-first-weights.toml")),
            second: read(include_str!("../../../../data/extract/html-weights.toml")),
        }
    }

    /// Reads a page. Never fails: a page without an article has no blocks of it.
    #[must_use]
    pub fn read<'a>(&self, decoded: &'a MappedText) -> Page<'a> {
        let document = Document::parse(decoded);
        let reading = Reading::new(&document, &self.signs);
        let items = reading.first_items();
        let first = margins(&self.first, &items);
        let second = margins(&self.second, &reading.second_items(&items, &first));
        let mut roles = roles(&reading, &self.signs, &second);
        let bold_headline = amend(&reading, &mut roles);
        let structured_body = reading.structured_body();
        let blocks = reading.into_blocks();
        let mut page = Page { document, blocks, roles, bold_headline, structured_body: None };
        page.structured_body = page.unprinted(structured_body);
        page
    }
}

/// A body in the structured data counts if it is so many times as long as what the blocks print.
const UNPRINTED: usize = 4;
/// A page that prints more than this is not bare: its scripts are not looked at.
const BARE: usize = 1200;
/// And if it has so many bytes; shorter ones are summaries.
const LEAST: usize = 400;

impl Page<'_> {
    /// The article's text: its blocks, parted by blank lines.
    #[must_use]
    pub fn text(&self) -> MappedText {
        self.structured_body.clone().unwrap_or_else(|| self.printed())
    }

    /// The body in the structured data at `place`, or else in the page's scripts, if the blocks print
    /// next to nothing of it.
    fn unprinted(&self, place: Option<Span>) -> Option<MappedText> {
        let printed = self.printed().len();
        let enough = |body: &MappedText| body.len() > LEAST.max(printed * UNPRINTED);
        let stated = place.map(|place| json_text(self.document.source(), place.range()));
        // Markup inside a string of data would be read as words.
        let stated = stated.filter(|body| !body.as_str().contains("</") && enough(body));
        let hidden = || script_body(&self.document).filter(enough);
        stated.or_else(|| if printed < BARE { hidden() } else { None })
    }

    fn printed(&self) -> MappedText {
        let mut text = MappedText::new();
        for (block, role) in self.blocks.iter().zip(&self.roles) {
            if *role == Role::Body {
                if !text.is_empty() {
                    text.push_separator("\n\n");
                }
                text.push_part(&block.text, 0..block.text.len());
            }
        }
        text
    }

    /// All other blocks, each with the reason why it is not in the text.
    #[must_use]
    pub fn set_aside(&self) -> Vec<SetAside> {
        let aside = self.blocks.iter().zip(&self.roles).filter_map(|(block, role)| match role {
            Role::Body if self.structured_body.is_some() => Some((block, SetAsideReason::Clutter)),
            Role::Body => None,
            Role::Aside(why) => Some((block, *why)),
        });
        aside
            .map(|(block, why)| SetAside {
                quote: block.text.as_str().to_owned(),
                why,
                bytes: block.text.bytes(),
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode;

    #[test]
    fn every_block_is_told() {
        let text = decode(b"<h1>A</h1><p>b<p>c<ul><li>d</ul>", "utf-8");
        let page = Reader::new().read(&text);
        let told = page.set_aside().len() + page.roles.iter().filter(|r| **r == Role::Body).count();
        assert_eq!(told, page.blocks.len());
    }

    #[test]
    fn a_body_that_only_the_data_holds_is_read() {
        let body = "The ministers met in Graz on Monday, their offices said.\\n".repeat(12);
        let page =
            format!("<script type=application/ld+json>{{\"articleBody\": \"{body}\"}}</script><p>Loading");
        let text = decode(page.as_bytes(), "utf-8");
        let found = Reader::new().read(&text).text();
        assert_eq!(found.as_str().matches("said.\n\nThe").count(), 11);
    }

    #[test]
    fn an_empty_page_has_no_text() {
        for page in ["", "<html>", "<script>x</script>", "<p></p>"] {
            let text = decode(page.as_bytes(), "utf-8");
            assert!(Reader::new().read(&text).text().is_empty());
        }
    }
}
