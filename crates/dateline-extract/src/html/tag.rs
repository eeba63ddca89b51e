//! The elements of HTML by name, and what the standard says of each: empty, raw, block, formatting.

/// Declares the enum, its names and the way back in one list.
macro_rules! tags {
    ($($variant:ident $name:literal)*) => {
        /// An element's name. Names outside the standard are [`Tag::Other`]; the document keeps their spelling.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        #[allow(missing_docs, reason = "each variant is documented by the HTML standard under its own name")]
        pub enum Tag { $($variant,)* Other }

        impl Tag {
            /// How many tags there are.
            pub const COUNT: usize = Self::Other as usize + 1;

            /// The name in lower case; empty for [`Tag::Other`].
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* Self::Other => "" }
            }

            #[allow(non_upper_case_globals, reason = "the constants are named after the variants")]
            fn of_packed(name: u128) -> Self {
                $(const $variant: u128 = packed($name.as_bytes());)*
                match name { $($variant => Self::$variant,)* _ => Self::Other }
            }
        }
    };
}

tags! {
    A "a" Abbr "abbr" Address "address" Applet "applet" Area "area" Article "article" Aside "aside" Audio "audio"
    B "b" Base "base" Big "big" Blockquote "blockquote" Body "body" Br "br" Button "button"
    Canvas "canvas" Caption "caption" Center "center" Cite "cite" Code "code" Col "col" Colgroup "colgroup"
    Data "data" Datalist "datalist" Dd "dd" Del "del" Details "details" Dfn "dfn" Dialog "dialog" Dir "dir" Div "div"
    Dl "dl" Dt "dt" Em "em" Embed "embed" Fieldset "fieldset" Figcaption "figcaption" Figure "figure" Font "font"
    Footer "footer" Form "form" Frame "frame" Frameset "frameset"
    H1 "h1" H2 "h2" H3 "h3" H4 "h4" H5 "h5" H6 "h6" Head "head" Header "header" Hgroup "hgroup" Hr "hr" Html "html"
    I "i" Iframe "iframe" Img "img" Input "input" Ins "ins" Kbd "kbd" Label "label" Legend "legend" Li "li" Link "link"
    Listing "listing" Main "main" Map "map" Mark "mark" Marquee "marquee" Math "math" Menu "menu" Meta "meta" Meter "meter"
    Nav "nav" Nobr "nobr" Noembed "noembed" Noframes "noframes" Noscript "noscript" Object "object" Ol "ol"
    Optgroup "optgroup" Option "option" Output "output" P "p" Param "param" Picture "picture" Plaintext "plaintext"
    Pre "pre" Progress "progress" Q "q" Rp "rp" Rt "rt" Rtc "rtc" Ruby "ruby" S "s" Samp "samp" Script "script"
    Search "search" Section "section" Select "select" Slot "slot" Small "small" Source "source" Span "span" Strike "strike"
    Strong "strong" Style "style" Sub "sub" Summary "summary" Sup "sup" Svg "svg" Table "table" Tbody "tbody" Td "td"
    Template "template" Textarea "textarea" Tfoot "tfoot" Th "th" Thead "thead" Time "time" Title "title" Tr "tr"
    Track "track" Tt "tt" U "u" Ul "ul" Var "var" Video "video" Wbr "wbr" Xmp "xmp"
}

/// No declared name is longer: `blockquote` and `figcaption` have ten letters.
const LONGEST: usize = 16;

/// A name of at most [`LONGEST`] bytes as a number in lower case: names are then told apart by comparing numbers.
const fn packed(name: &[u8]) -> u128 {
    let (mut number, mut at) = (0, 0);
    while at < name.len() {
        number = number << 8 | name[at].to_ascii_lowercase() as u128;
        at += 1;
    }
    number
}

impl Tag {
    /// The tag called `name`, in whatever case.
    #[must_use]
    pub fn named(name: &str) -> Self {
        if name.len() > LONGEST { Self::Other } else { Self::of_packed(packed(name.as_bytes())) }
    }

    /// Has it no content and no end tag?
    #[must_use]
    pub fn is_void(self) -> bool {
        use Tag::*;
        matches!(
            self,
            Area | Base
                | Br
                | Col
                | Embed
                | Frame
                | Hr
                | Img
                | Input
                | Link
                | Meta
                | Param
                | Source
                | Track
                | Wbr
        )
    }

    /// Is its content text in which no markup counts?
    #[must_use]
    pub fn is_raw(self) -> bool {
        use Tag::*;
        matches!(self, Script | Style | Xmp | Iframe | Noembed | Noframes | Textarea | Title | Plaintext)
    }

    /// Do character references count in its raw content?
    #[must_use]
    pub fn is_raw_with_references(self) -> bool {
        matches!(self, Tag::Textarea | Tag::Title)
    }

    /// `h1` … `h6` as 1 … 6.
    #[must_use]
    pub fn heading_level(self) -> Option<u8> {
        use Tag::*;
        [H1, H2, H3, H4, H5, H6].iter().position(|h| *h == self).and_then(|n| u8::try_from(n + 1).ok())
    }

    /// Does it stand on lines of its own, as a browser shows it?
    #[must_use]
    pub fn is_block(self) -> bool {
        use Tag::*;
        matches!(
            self,
            Address
                | Article
                | Aside
                | Blockquote
                | Body
                | Caption
                | Center
                | Dd
                | Details
                | Dialog
                | Dir
                | Div
                | Dl
                | Dt
                | Fieldset
                | Figcaption
                | Figure
                | Footer
                | Form
                | H1
                | H2
                | H3
                | H4
                | H5
                | H6
                | Head
                | Header
                | Hgroup
                | Hr
                | Html
                | Legend
                | Li
                | Listing
                | Main
                | Marquee
                | Menu
                | Nav
                | Ol
                | Optgroup
                | Option
                | P
                | Plaintext
                | Pre
                | Search
                | Section
                | Select
                | Summary
                | Table
                | Tbody
                | Td
                | Tfoot
                | Th
                | Thead
                | Title
                | Tr
                | Ul
                | Xmp
        )
    }

    /// Does its start tag end an open paragraph?
    pub(crate) fn closes_paragraph(self) -> bool {
        use Tag::*;
        matches!(
            self,
            Address
                | Article
                | Aside
                | Blockquote
                | Center
                | Dd
                | Details
                | Dialog
                | Dir
                | Div
                | Dl
                | Dt
                | Fieldset
                | Figcaption
                | Figure
                | Footer
                | Form
                | H1
                | H2
                | H3
                | H4
                | H5
                | H6
                | Header
                | Hgroup
                | Hr
                | Li
                | Listing
                | Main
                | Menu
                | Nav
                | Ol
                | P
                | Plaintext
                | Pre
                | Search
                | Section
                | Summary
                | Table
                | Ul
                | Xmp
        )
    }

    /// May its end tag come where blocks stand open inside it (`<a><div></a>`)? Such tags are closed
    /// around the blocks, which go on without them.
    pub(crate) fn is_formatting(self) -> bool {
        use Tag::*;
        matches!(self, A | B | Big | Code | Em | Font | I | Nobr | S | Small | Strike | Strong | Tt | U)
    }

    /// The standard's "special" elements: an inline end tag never closes one of them.
    pub(crate) fn is_special(self) -> bool {
        use Tag::*;
        self.closes_paragraph()
            || matches!(
                self,
                Applet
                    | Body
                    | Button
                    | Caption
                    | Colgroup
                    | Frameset
                    | Head
                    | Html
                    | Iframe
                    | Marquee
                    | Noscript
                    | Object
                    | Select
                    | Tbody
                    | Td
                    | Template
                    | Tfoot
                    | Th
                    | Thead
                    | Tr
            )
    }

    /// The walls of a scope: an end tag inside closes nothing outside.
    pub(crate) fn bounds_scope(self) -> bool {
        use Tag::*;
        matches!(self, Applet | Caption | Html | Table | Td | Th | Marquee | Object | Template)
    }

    /// May it stand in `<head>`?
    pub(crate) fn belongs_to_head(self) -> bool {
        use Tag::*;
        matches!(self, Base | Head | Html | Link | Meta | Noscript | Script | Style | Template | Title)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_in_any_case() {
        assert_eq!(Tag::named("BlockQuote"), Tag::Blockquote);
        assert_eq!(Tag::named("h3").heading_level(), Some(3));
        assert_eq!(Tag::named("amp-img"), Tag::Other);
        assert_eq!(Tag::named("a-very-long-custom-element"), Tag::Other);
        assert_eq!(Tag::named(""), Tag::Other);
        assert_eq!(Tag::Figcaption.name(), "figcaption");
    }
}
