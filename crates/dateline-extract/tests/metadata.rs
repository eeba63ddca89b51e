//! What a whole page says of itself, and where in its bytes it says so.

use dateline_extract::decode;
use dateline_extract::html::Document;
use dateline_extract::metadata::{Metadata, MetadataReader, PageOrigin};

const PAGE: &str = r#"<!doctype html><html lang="en-GB"><head>
<title>Ferry service returns to the sound | The Harbour Gazette</title>
<meta property="og:site_name" content="The Harbour Gazette">
<meta property="article:modified_time" content="2019-03-09T08:00:00+00:00">
<link rel="canonical" href="https://gazette.example/2019/03/ferry-returns">
<script type="application/ld+json">{"@graph":[
 {"@type":"NewsArticle","headline":"Ferry service returns to the sound","datePublished":"2019-03-07T23:30:00Z",
  "author":[{"@type":"Person","name":"Ada Berg"},{"@type":"Person","name":"Bo Ek"}]},
 {"@type":"ItemList","itemListElement":[{"@type":"NewsArticle","datePublished":"2011-01-01"}]}]}</script></head>
<body><nav>Today: 12 March 2019</nav>
<h1>Ferry service returns to the sound</h1>
<p class="byline">By Ada Berg and Bo Ek, <span class="date">Fri&nbsp;8 March 2019, 00:30</span></p>
<p>The ferry sails again, eight years after 4 May 2011.</p>
<div class="comments"><time datetime="2019-03-10">two days later</time></div>
<footer>&copy; 1 January 2019 The Harbour Gazette</footer></body></html>"#;

fn read(page: &str, origin: PageOrigin<'_>) -> Metadata {
    MetadataReader::new().of_page(&Document::parse(&decode(page.as_bytes(), "utf-8")), origin)
}

#[test]
fn a_page_says_what_it_is() {
    let found = read(PAGE, PageOrigin::default());
    assert_eq!(found.headline.unwrap().as_str(), "Ferry service returns to the sound");
    assert_eq!(found.publisher.unwrap().value, "The Harbour Gazette");
    assert_eq!(found.byline.unwrap().value, "Ada Berg, Bo Ek");
    assert_eq!(found.canonical.unwrap().value, "https://gazette.example/2019/03/ferry-returns");
    assert_eq!(found.language.as_deref(), Some("en-GB"));
}

#[test]
fn the_day_is_that_of_the_pages_own_zone() {
    let published = read(PAGE, PageOrigin::default()).published.unwrap();
    assert_eq!(published.value.to_string(), "2019-03-08T00:30");
    assert!(published.reason.contains("datePublished of the report"), "{}", published.reason);
    assert_eq!(&PAGE[published.bytes.unwrap().range()], "Fri&nbsp;8 March 2019, 00:30");
}

#[test]
fn every_date_leads_back_to_its_words() {
    let found = read(PAGE, PageOrigin::default());
    assert!(found.date_candidates.len() >= 6);
    for date in &found.date_candidates {
        let words = PAGE[date.bytes.unwrap().range()].replace("&nbsp;", "\u{a0}");
        assert!(words.contains(&date.quote), "{date:?} stands at {words:?}");
    }
    assert!(
        !found.date_candidates.iter().any(|date| date.quote == "1 January 2019"),
        "a copyright is no candidate"
    );
}

#[test]
fn nothing_after_the_retrieval_is_a_day_of_publication() {
    let retrieved = Some("2019-03-05".parse().unwrap());
    let found = read("<h1>Talks</h1><p>8 March 2019</p>", PageOrigin { retrieved, address: None });
    assert_eq!(found.published, None);
}

#[test]
fn the_address_dates_a_page_without_dates() {
    let address = Some("https://gazette.example/2019/03/08/ferry");
    let found = read("<h1>Talks</h1><p>No dates.</p>", PageOrigin { retrieved: None, address });
    assert_eq!(found.published.unwrap().value.to_string(), "2019-03-08");
}

#[test]
fn hostile_pages_are_read_to_their_end() {
    let pages = [
        "<time datetime=".repeat(5_000),
        "<script type=application/ld+json>".to_owned() + &"{\"author\":[".repeat(50_000),
        "1.2.2016 ".repeat(20_000),
        "<div class=comment>".repeat(3_000) + &"<p>3 May 2016".repeat(3_000),
        "<h1>".repeat(5_000) + "3/4/",
        "<meta name=author content='".to_owned() + &"by ".repeat(100_000),
        "\"datePublished\":".repeat(20_000),
    ];
    for page in &pages {
        let _ = read(page, PageOrigin::default());
        let _ = read(&format!("<script>{page}</script>"), PageOrigin::default());
    }
}
