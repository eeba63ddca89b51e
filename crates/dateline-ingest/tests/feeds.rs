//! Feeds, sound and damaged.

use std::io::Cursor;

use dateline_ingest::{Config, Form, Ingested, read};
use dateline_model::{Capture, MediaType};

fn all(feed: &str) -> Vec<Ingested> {
    read(Cursor::new(feed.as_bytes().to_vec()), "feed.xml", Form::Feed, &Config::default()).collect()
}

fn captures(feed: &str) -> Vec<Capture> {
    all(feed).into_iter().filter_map(Ingested::capture).collect()
}

fn told(feed: &str) -> String {
    let words = all(feed).into_iter().map(|result| match result {
        Ingested::Capture(capture) => capture.id,
        Ingested::SetAside(aside) => format!("[{}]", aside.diagnostic.code),
    });
    words.collect::<Vec<_>>().join(" ")
}

fn rss(items: &str) -> String {
    format!(
        "<?xml version='1.0'?><rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><title>The Coast Courier</title><language>en-gb</language>{items}</channel></rss>"
    )
}

const ITEM: &str = "<item><title>Talks &amp;#8217;end</title><link>http://courier.example/1</link><guid>tag:1</guid>\
    <pubDate>Wed, 19 Oct 2016 01:30:00 +0330</pubDate><author>A. Writer</author><description>Short.</description>\
    <content:encoded><![CDATA[<p>Talks ended.</p>]]></content:encoded></item>";

#[test]
fn an_rss_entry_is_a_page_with_what_the_feed_says_of_it() {
    let pages = captures(&rss(ITEM));
    let page = &pages[0];
    assert_eq!(page.id, "tag:1");
    assert_eq!(&*page.bytes, b"<p>Talks ended.</p>");
    assert_eq!(page.media_type, MediaType::Html);
    assert_eq!(page.uri.as_deref(), Some("http://courier.example/1"));
    assert_eq!(page.supplied.headline.as_deref(), Some("Talks ’end"));
    assert_eq!(page.supplied.publisher.as_deref(), Some("The Coast Courier"));
    assert_eq!(page.supplied.byline.as_deref(), Some("A. Writer"));
    assert_eq!(page.supplied.language.as_deref(), Some("en"));
    assert_eq!(page.supplied.published.unwrap().to_string(), "2016-10-19T01:30+03:30");
    assert_eq!(page.origin.place.as_deref(), Some("entry 1"));
}

#[test]
fn an_atom_entry_is_a_page() {
    let feed = "<feed xmlns='http://www.w3.org/2005/Atom'><title>Gazette</title>\
        <entry><id>urn:a</id><title type='html'>A &lt;b&gt;bold&lt;/b&gt; step</title><updated>2016-10-20T00:00:00Z</updated>\
        <link rel='self' href='http://g.example/self'/><link href='http://g.example/a'/><summary>Plain words.</summary></entry>\
        <entry><title>Empty</title><id>urn:b</id></entry></feed>";
    assert_eq!(told(feed), "urn:a [no-page]");
    let page = captures(feed).remove(0);
    assert_eq!(page.media_type, MediaType::Text);
    assert_eq!(page.uri.as_deref(), Some("http://g.example/a"));
    assert_eq!(page.supplied.headline.as_deref(), Some("A bold step"));
    assert_eq!(page.diagnostics[0].code, "updated-for-published");
}

#[test]
fn an_entry_without_name_has_its_link_or_its_number() {
    assert_eq!(
        told(&rss("<item><link>http://c.example/2</link><description>x</description></item>")),
        "http://c.example/2"
    );
    assert_eq!(told(&rss("<item><description>x</description></item>")), "feed.xml:entry 1");
}

#[test]
fn a_damaged_feed_gives_its_sound_entries() {
    let bad = "<item><guid>bad</guid><description>x</wrong></item>";
    let good = |n: usize| format!("<item><guid>{n}</guid><description>words</description></item>");
    let whole = rss(&[good(1), bad.to_owned(), good(3)].concat());
    assert_eq!(told(&whole), "[damaged-feed] 1 [bad-entry] 3");
    let cut = rss(&[good(1), good(2), good(3)].concat());
    assert_eq!(told(&cut[..cut.len() - 50]), "[damaged-feed] 1 2");
}

#[test]
fn a_feed_of_very_many_entries_is_read_in_pieces() {
    let many = rss(&(0..20_000)
        .map(|n| format!("<item><guid>{n}</guid><description>w</description></item>"))
        .collect::<String>());
    let pages = captures(&many);
    assert_eq!(pages.len(), 20_000);
    assert_eq!(
        (pages[19_999].id.as_str(), pages[19_999].origin.place.as_deref()),
        ("19999", Some("entry 20000"))
    );
    assert_eq!(pages[19_999].supplied.publisher.as_deref(), Some("The Coast Courier"));
    let hollow = rss(&"<item></item>".repeat(60_000));
    assert_eq!(told(&hollow), "[no-page]");
    let bad = rss(&"<item></wrong></item>".repeat(60_000));
    assert_eq!(all(&bad).len(), 1002);
}

#[test]
fn what_is_no_feed_is_set_aside() {
    assert_eq!(told(""), "[empty]");
    assert_eq!(told("<opml><outline/></opml>"), "[not-a-feed]");
    assert_eq!(told("{\"version\": \"https://jsonfeed.org/version/1\"}"), "[not-a-feed]");
    assert_eq!(told("words"), "[not-a-feed]");
    let deep = format!("<rss version='2.0'><channel><item><description>{}", "<a>".repeat(90_000));
    assert_eq!(told(&deep), "[damaged-feed] [not-a-feed]");
    let deep = format!("<feed><entry>{}", "<a xml:base='http://x.example/'>".repeat(110_000));
    assert_eq!(told(&deep), "[not-a-feed]");
}
