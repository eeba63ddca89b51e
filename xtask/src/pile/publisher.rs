//! Made newspapers, each with its name, its address and its own way to lay out a page.

use super::grammar::Grammar;
use super::random::Random;
use super::story::{Report, spelled};

/// One paper.
pub(super) struct Publisher {
    pub(super) name: String,
    /// Its host, under a domain that belongs to nobody.
    pub(super) host: String,
    sections: Vec<String>,
    clutter: Vec<String>,
    /// Which of the layouts.
    layout: usize,
    /// What its pages carry besides text, as real ones do.
    script: String,
    class: String,
}

const LAYOUTS: usize = 4;

impl Publisher {
    /// The paper with this number.
    pub(super) fn new(grammar: &Grammar, seed: u64, number: u64) -> Self {
        let mut random = Random::new(seed, u64::MAX - number);
        let facts = grammar.facts(&mut random);
        let say = |list: &str, random: &mut Random| grammar.say(list, &facts, random);
        let name = format!("{} {}", say("family", &mut random), say("paper", &mut random));
        let slug = slug(&name);
        let sections = (0..7).map(|_| say("section", &mut random)).collect();
        let clutter = (0..6).map(|_| say("clutter", &mut random)).collect();
        let class = say("family", &mut random).to_lowercase();
        let layout = random.below(LAYOUTS);
        let script = script(&mut random);
        Self { name, host: format!("www.{slug}-{number}.example"), sections, clutter, layout, script, class }
    }

    /// Where a report of it stands.
    pub(super) fn address(&self, report: &Report, number: usize) -> String {
        let day = report.published.strftime("%Y/%m/%d");
        format!("https://{}/{day}/{}-{number}", self.host, slug(&report.headline))
    }

    /// The page as a reader would copy it: all its text, the site's own lines among it.
    pub(super) fn flat(&self, report: &Report) -> String {
        let (day, body) = (spelled(report.published), report.body.join("\n"));
        let head = match self.layout {
            0 => format!("{}\n{day}\nBy {}", report.headline, report.byline),
            1 => format!("By {}\n{}\n{day}", report.byline, report.headline),
            2 => format!("{} | {}\n{} {day}", report.headline, self.name, self.name),
            _ => format!("{}\nPublished {day}", report.headline),
        };
        let (sections, clutter) = (self.sections.join("\n"), self.clutter.join("\n"));
        format!(
            "{}\n{sections}\n{head}\n{body}\n{clutter}\n© {} {}\n",
            self.name,
            report.published.year(),
            self.name
        )
    }

    /// The page as its server sends it. `others` are headlines beside the report.
    pub(super) fn html(&self, report: &Report, address: &str, others: &[&str]) -> String {
        let day = report.published;
        let headline = escaped(&report.headline);
        let class = &self.class;
        let meta = match self.layout {
            0 | 1 => format!(
                "<meta property=\"og:title\" content=\"{headline}\"><meta property=\"article:published_time\" content=\"{day}T06:30:00Z\"><meta property=\"og:site_name\" content=\"{}\">",
                escaped(&self.name)
            ),
            2 => format!(
                "<script type=\"application/ld+json\">{{\"@context\":\"https://schema.org\",\"@type\":\"NewsArticle\",\"headline\":{},\"datePublished\":\"{day}\",\"publisher\":{{\"@type\":\"Organization\",\"name\":{}}}}}</script>",
                json(&report.headline),
                json(&self.name)
            ),
            _ => String::new(),
        };
        let items = |items: &[String], tag: &str| {
            let items = items
                .iter()
                .map(|item| format!("<{tag}><a href=\"/{}\">{}</a></{tag}>\n", slug(item), escaped(item)));
            items.collect::<String>()
        };
        let others: Vec<String> = others.iter().map(|&other| other.to_owned()).collect();
        let body: String =
            report.body.iter().map(|p| format!("<p class=\"{class}-text\">{}</p>\n", escaped(p))).collect();
        let byline = format!("<span class=\"byline\">By {}</span>", escaped(&report.byline));
        let time = format!("<time datetime=\"{day}\">{}</time>", spelled(day));
        let (open, close) =
            if self.layout == 3 { ("<div class=\"story\">", "</div>") } else { ("<article>", "</article>") };
        format!(
            "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{headline} - {name}</title>\n\
             <link rel=\"canonical\" href=\"{address}\">{meta}<script>{script}</script></head>\n\
             <body class=\"{class}\"><header><a href=\"/\">{name}</a><nav><ul>{sections}</ul></nav></header>\n\
             <main>{open}<h1>{headline}</h1>\n<div class=\"meta\">{byline} {time}</div>\n{body}{close}\n\
             <aside><h3>More from {name}</h3><ul>{others}</ul></aside></main>\n\
             <footer><ul>{clutter}</ul><p>© {year} {name}</p></footer><script>{script}</script></body></html>\n",
            name = escaped(&self.name),
            script = self.script,
            sections = items(&self.sections, "li"),
            others = items(&others, "li"),
            clutter = items(&self.clutter, "li"),
            year = day.year(),
        )
    }
}

/// What reads like a minified script; a page of today is mostly that.
fn script(random: &mut Random) -> String {
    let statements = random.between(60, 400);
    let statement = |random: &mut Random| {
        let (a, b, n) = (random.below(900), random.below(900), random.below(100_000));
        format!("var v{a}=function(e,t){{return e.q{b}?t[{n}]:e.k{a}+{n}}};")
    };
    (0..statements).map(|_| statement(random)).collect()
}

fn slug(text: &str) -> String {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("-")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

fn json(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
