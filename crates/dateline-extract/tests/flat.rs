//! Flattened pages as a whole: what a reader would find, where its bytes stand, and what no page may do.
//!
//! The proof runs over pages written for this test and, where the folder `../shared` lies beside the
//! repository, over the public pages in it; without it those tests say so and pass.

use std::path::PathBuf;

use dateline_extract::decode;
use dateline_extract::flat::{Known, Reader, Reading};
use dateline_model::{MappedText, SetAsideReason};

const PAGE: &str = "\
Bridge over the Oder closes for a year | The Ostrava Courier

Home
News
Sport
Sign in

Bridge over the Oder closes for a year

By Jana Novak
Published 3 May 2011, 14:05

Share on Facebook

OSTRAVA (Reuters) - The city council voted on Monday to close the old bridge over the Oder for a year.

[caption id=\"7\" width=\"300\"] The bridge in winter. [/caption]

The mayor, Petr Dvorak, said that the piers had been damaged by a barge during the flood of last spring,
and that nobody could say what the repair would cost.

\u{201c}We have looked at every other way, and there is none,\u{201d} he told reporters after the vote.

Buses will take another way from Tuesday, according to the town hall, which promised a ferry for walkers.

Source: News Agencies, Edited by website team

Comments (2)

Pavel
I cross this bridge every day. What am I to do now?

Related stories
Flood damages three bridges
\u{a9} 2011 The Ostrava Courier. All rights reserved.
";

fn read(page: &[u8]) -> (MappedText, Reading) {
    let decoded = decode(page, "utf-8");
    let reading = Reader::new().read(&decoded, Known::default());
    (decoded, reading)
}

#[test]
fn a_page_is_read_as_a_reader_would() {
    let (_, reading) = read(PAGE.as_bytes());
    let value =
        |e: &Option<dateline_model::Evidence>| e.as_ref().map(|e| e.value.clone()).unwrap_or_default();
    let headline = reading.headline.as_ref().map(|h| h.as_str().to_owned());
    assert_eq!(headline.as_deref(), Some("Bridge over the Oder closes for a year"));
    assert_eq!(value(&reading.publisher), "The Ostrava Courier");
    assert_eq!(value(&reading.byline), "Jana Novak");
    assert_eq!(value(&reading.dateline.clone().and_then(|d| d.place)), "Ostrava");
    let credits: Vec<&str> = reading.credits.iter().map(|c| c.value.as_str()).collect();
    assert_eq!(credits, ["Reuters", "News Agencies"]);
    assert_eq!(reading.language.as_ref().map(|l| l.code.as_str()), Some("en"));
    let text = reading.text.as_str();
    assert!(text.starts_with("The city council voted on Monday"), "{text}");
    assert!(text.ends_with("promised a ferry for walkers."), "{text}");
    assert!(text.contains("last spring, and that nobody"), "{text}");
}

#[test]
fn what_is_set_aside_has_a_reason() {
    let (_, reading) = read(PAGE.as_bytes());
    let why = |quote: &str| reading.set_aside.iter().find(|s| s.quote.contains(quote)).map(|s| s.why);
    for (quote, expected) in [
        ("Sign in", SetAsideReason::Navigation),
        ("Share on", SetAsideReason::Share),
        ("By Jana", SetAsideReason::Byline),
        ("in winter", SetAsideReason::Caption),
        ("Comments (2)", SetAsideReason::Comment),
        ("cross this bridge", SetAsideReason::Comment),
        ("Flood damages", SetAsideReason::Related),
        ("All rights", SetAsideReason::Footer),
        ("| The Ostrava Courier", SetAsideReason::Headline),
    ] {
        assert_eq!(why(quote), Some(expected), "{quote}");
    }
}

/// Every stretch is its bytes, every character that prints has its bytes, every line is told.
fn prove(name: &str, page: &[u8]) {
    let (decoded, reading) = read(page);
    let headline = reading.headline.as_ref().map(|h| h.text.clone()).unwrap_or_default();
    for text in [&reading.text, &headline] {
        let mut covered = 0;
        for stretch in text.map() {
            let gap = &text.as_str()[covered..stretch.text.range().start];
            assert!(gap.chars().all(char::is_whitespace), "{name}: {gap:?} has no bytes");
            let bytes = String::from_utf8_lossy(&page[stretch.bytes.range()]);
            assert_eq!(bytes, text.as_str()[stretch.text.range()], "{name}");
            covered = stretch.text.range().end;
        }
        assert!(text.as_str()[covered..].trim().is_empty(), "{name}");
    }
    for aside in &reading.set_aside {
        let bytes = aside.bytes.expect("what is set aside stands in the page");
        assert_eq!(String::from_utf8_lossy(&page[bytes.range()]), aside.quote, "{name}");
    }
    prove_every_line_is_told(name, &decoded, &reading);
    let told = reading.set_aside.iter().map(|s| s.quote.len()).sum::<usize>() + reading.text.len();
    assert!(told <= 2 * decoded.len() + 16, "{name}: nothing is told twice");
}

/// Every byte that prints is in the text, in a field or set aside: nothing of a page is lost in silence.
fn prove_every_line_is_told(name: &str, decoded: &MappedText, reading: &Reading) {
    let headline = reading.headline.as_ref().map(|h| h.text.clone()).unwrap_or_default();
    let texts = [&reading.text, &headline];
    let of_texts = texts.iter().flat_map(|text| text.map()).map(|stretch| stretch.bytes);
    let aside = reading.set_aside.iter().filter_map(|piece| piece.bytes);
    let end = decoded.bytes().map_or(0, |bytes| bytes.range().end);
    let mut told = vec![false; end];
    for bytes in of_texts.chain(aside) {
        told[bytes.range()].fill(true);
    }
    for (at, c) in decoded.as_str().char_indices().filter(|(_, c)| c.is_alphanumeric()) {
        let bytes = decoded.bytes_of(at..at + c.len_utf8()).expect("a character that prints has bytes");
        assert!(told[bytes.range().start], "{name}: {c:?} at byte {} is not told", bytes.range().start);
    }
}

#[test]
fn the_text_leads_back_to_its_bytes() {
    prove("page", PAGE.as_bytes());
    prove("damaged", b"Caf\xc3\xa9\n\n\xff\xfe The caf\xe9 was closed on Monday, the owner said.\n");
    for folder in ["seeds", "data/flat/pages"] {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared").join(folder);
        let Ok(files) = std::fs::read_dir(&folder) else {
            println!("{} is absent: nothing to prove there", folder.display());
            continue;
        };
        for file in files.filter_map(Result::ok).filter(|f| f.path().extension().is_some_and(|e| e == "txt"))
        {
            prove(&file.path().display().to_string(), &std::fs::read(file.path()).unwrap());
        }
    }
}

#[test]
fn no_input_is_too_strange() {
    let long = "word ".repeat(200_000);
    let many = "x\n".repeat(300_000);
    let codes = "[caption] ".repeat(50_000);
    let commas = format!("Text of some length stands here, it seems.\n\nSource: {}", "A, ".repeat(50_000));
    for page in [
        "",
        "\n",
        "\0",
        "\u{feff}",
        "a",
        ".",
        "(",
        "[caption",
        "By",
        "By \n",
        "© ",
        "—",
        " – x",
        "Source:",
        "| |",
        "(AP) -",
        "\u{202e}\u{200b}",
        "\u{301}\u{301}",
        "日本語の記事。",
        "خبر عاجل",
        "I\u{307}I\u{307}",
        "ﬁ ß ŉ",
        &long,
        &many,
        &codes,
        &commas,
    ] {
        prove("strange", page.as_bytes());
        prove("strange, doubled", format!("{page}\n\n{page}").as_bytes());
    }
}
