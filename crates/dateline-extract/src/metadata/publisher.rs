//! The site's own name, as the page gives it; failing that, its host.

use dateline_model::{Basis, Evidence, MappedText};

use crate::flat::publisher::WORDS;
use crate::html::{Attribute, Document, Tag};
use crate::structured::declared::Declared;
use crate::structured::{Thing, ThingKind, bare_address};

/// The publisher: `og:site_name`, the structured data's publisher, other meta elements, the host.
pub(crate) fn publisher(
    page: &Document<'_>,
    declared: &Declared<'_>,
    article: Option<Thing>,
    address: Option<&str>,
) -> Option<Evidence> {
    let meta = |name: &str| declared.metas(name).map(|meta| meta.content.mapped()).find(is_name);
    let mut metas = WORDS.metas.iter();
    let social = metas.next().and_then(|name| meta(name));
    let structured = || {
        let told = declared.graph.names(article.filter(|t| t.kind != ThingKind::Other)?, "publisher");
        told.into_iter().map(|t| t.mapped(page.source())).find(is_name)
    };
    let named = social.or_else(structured).or_else(|| metas.find_map(|name| meta(name)));
    named.map(|name| evidence(&name)).or_else(|| host(declared.canonical, page, address))
}

/// What is left of the page's title beside the headline: `Harbour Gazette - Talks go on`.
pub(crate) fn in_title(page: &Document<'_>, headline: &str) -> Option<Evidence> {
    let title = page.text_of(page.elements(Tag::Title).next()?);
    let words = title.as_str();
    let at = words.find(headline).filter(|_| !headline.is_empty())?;
    let before =
        words[..at].strip_suffix(' ').and_then(|w| w.strip_suffix(BARS)).map(|w| 0..w.trim_end().len());
    let rest = at + headline.len();
    let after = words[rest..].strip_prefix(' ').and_then(|w| w.strip_prefix(BARS));
    let after = after.map(|w| words.len() - w.trim_start().len()..words.len());
    let range = match (before, after) {
        (Some(name), _) if rest == words.len() => name,
        (_, Some(name)) if at == 0 => name,
        _ => return None,
    };
    let name = title.part(range);
    (is_name(&name) && name.as_str().split_whitespace().count() <= 5).then(|| evidence(&name))
}

/// Marks between a headline and the site's name.
const BARS: [char; 7] = ['|', '-', '–', '—', '·', '•', ':'];

fn is_name(text: &MappedText) -> bool {
    let words = text.as_str().split_whitespace().count();
    (1..=8).contains(&words) && !text.as_str().contains("://")
}

fn evidence(name: &MappedText) -> Evidence {
    let value = name.as_str().to_owned();
    Evidence { quote: value.clone(), value, basis: Basis::Metadata, bytes: name.bytes() }
}

/// `a.example` of `https://www.a.example/story`.
fn host(canonical: Option<Attribute<'_>>, page: &Document<'_>, address: Option<&str>) -> Option<Evidence> {
    let own = canonical.map(|a| a.value().into_owned()).filter(|a| a.contains("://"));
    let bytes =
        canonical.filter(|_| own.is_some()).and_then(|a| page.source().bytes_of(a.span.value.range()));
    let address = own.or_else(|| address.map(str::to_owned))?;
    let host = bare_address(&address).split('/').next().filter(|host| host.contains('.'))?;
    Some(Evidence { value: host.to_owned(), quote: host.to_owned(), basis: Basis::Url, bytes })
}

#[cfg(test)]
mod tests {
    use crate::decode;
    use crate::html::Document;
    use crate::metadata::{MetadataReader, PageOrigin};

    fn check(page: &str, expected: &str) {
        let source = decode(page.as_bytes(), "utf-8");
        let metadata = MetadataReader::new().of_page(&Document::parse(&source), PageOrigin::default());
        assert_eq!(metadata.publisher.map_or_else(String::new, |p| p.value), expected, "{page}");
    }

    #[test]
    fn sites_name_themselves() {
        check(
            "<meta property='og:site_name' content='The Post'><link rel=canonical href=https://a.example/x>",
            "The Post",
        );
        check("<link rel=canonical href='https://www.a.example/x'>", "a.example");
        check(
            "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"publisher\":{\"name\":\"The Post\"}}</script>",
            "The Post",
        );
        check("<p>x", "");
    }
}
