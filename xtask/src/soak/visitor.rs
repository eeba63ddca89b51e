//! Somebody who looks about in a record: views in no order, and now and then something is put right.

use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use serde_json::{Value, json};

use super::asking::{Answer, Asking};
use super::tally::Tally;
use crate::pile::Random;

/// A visitor.
pub(crate) struct Visitor {
    asking: Asking,
    random: Random,
    tally: Tally,
    /// Names of events and ids of reports that were seen.
    events: Vec<String>,
    reports: Vec<String>,
}

/// What is looked for.
const WORDS: [&str; 8] = [
    "police",
    "killed",
    "president",
    "\"said on\"",
    "speaker:police",
    "type:ASSAULT",
    "date:2019-03",
    "canal",
];

/// From one question to the next.
const PAUSE: Duration = Duration::from_millis(20);
/// From one correction to the next.
const BETWEEN_CORRECTIONS: Duration = Duration::from_secs(3);
/// So many events are looked at for one that several reports tell.
const TRIES: usize = 20;

impl Visitor {
    /// Somebody whose choices depend on chance that can be repeated.
    pub(crate) fn new(asking: Asking, random: Random) -> Self {
        Self { asking, random, tally: Tally::default(), events: Vec::new(), reports: Vec::new() }
    }

    /// Looks at one view after the other.
    pub(crate) fn read_until(mut self, until: Instant) -> Tally {
        while Instant::now() < until {
            let looked = match self.random.below(7) {
                0 | 1 => self.timeline(),
                2 | 3 => self.event(),
                4 => self.search(),
                5 => self.report(),
                _ => self.others(),
            };
            if let Err(error) = looked {
                self.tally.wrong(format!("{error:#}"));
            }
            thread::sleep(PAUSE);
        }
        self.tally
    }

    /// Takes one report's account out of an event, and undoes every second of these corrections.
    pub(crate) fn correct_until(mut self, until: Instant) -> Tally {
        let mut made: Vec<String> = Vec::new();
        while Instant::now() + BETWEEN_CORRECTIONS < until {
            thread::sleep(BETWEEN_CORRECTIONS);
            let corrected = match made.pop().filter(|_| self.random.below(2) == 0) {
                Some(correction) => {
                    self.correct(&json!({"does": "undo", "correction": correction})).map(drop)
                }
                None => self.reject().map(|correction| made.extend(correction)),
            };
            if let Err(error) = corrected {
                self.tally.wrong(format!("{error:#}"));
            }
        }
        self.tally
    }

    fn timeline(&mut self) -> Result<()> {
        let offset = self.random.below(self.events.len().max(1) + 50);
        let Some(said) = self.look("timeline", &format!("/api/timeline?limit=50&offset={offset}"))? else {
            return Ok(());
        };
        for event in list(&said["events"]) {
            self.events.extend(event["event"].as_str().map(str::to_owned));
        }
        self.events.sort_unstable();
        self.events.dedup();
        Ok(())
    }

    /// An event whose quotes must stand in its reports.
    fn event(&mut self) -> Result<()> {
        let Some(name) = self.any_event() else { return self.timeline() };
        let Some(said) = self.look("event", &format!("/api/events/{}", escaped(&name)))? else {
            return Ok(());
        };
        let accounts = list(&said["line"]["accounts"]);
        if accounts.is_empty() {
            bail!("{name} is told by nobody");
        }
        let account = accounts[self.random.below(accounts.len())].clone();
        let id = account["id"].as_str().unwrap_or_default().to_owned();
        self.reports.push(id.clone());
        let Some(report) = self.look("report", &format!("/api/articles/{}", escaped(&id)))? else {
            return Ok(());
        };
        let text: Vec<char> = report["findings"]["text"].as_str().unwrap_or_default().chars().collect();
        for quote in list(&account["quotes"]).iter().filter(|quote| quote["of"].is_null()) {
            let place = |name: &str| quote[name].as_u64().map_or(usize::MAX, |at| at as usize);
            let there: String = text.get(place("start")..place("end")).unwrap_or_default().iter().collect();
            if Some(there.as_str()) != quote["quote"].as_str() {
                bail!("{name}: {quote} does not stand in {id}, but {there:?}");
            }
        }
        Ok(())
    }

    fn search(&mut self) -> Result<()> {
        let words = WORDS[self.random.below(WORDS.len())];
        self.look("search", &format!("/api/search?q={}&typing=true", escaped(words))).map(drop)
    }

    fn report(&mut self) -> Result<()> {
        let Some(id) = self.reports.get(self.random.below(self.reports.len())).cloned() else {
            return self.event();
        };
        let path = format!("/api/articles/{}/capture", escaped(&id));
        self.look("page as captured", &path).map(drop)
    }

    fn others(&mut self) -> Result<()> {
        const PATHS: [&str; 7] = [
            "/api/record",
            "/api/statements?limit=50",
            "/api/actors?limit=50",
            "/api/network",
            "/api/publishers",
            "/api/reuse",
            "/api/corrections",
        ];
        let path = PATHS[self.random.below(PATHS.len())];
        self.look("other views", path).map(drop)
    }

    /// Rejects an account of an event that others tell too; the correction's id where it was made.
    fn reject(&mut self) -> Result<Option<String>> {
        self.timeline()?;
        for _ in 0..TRIES {
            let Some(name) = self.any_event() else { return Ok(None) };
            let Some(said) = self.look("event", &format!("/api/events/{}", escaped(&name)))? else {
                continue;
            };
            let accounts = list(&said["line"]["accounts"]);
            if accounts.len() > 1 {
                let report = &accounts[self.random.below(accounts.len())]["id"];
                return self.correct(&json!({"does": "reject", "event": name, "report": report}));
            }
        }
        Ok(None)
    }

    fn correct(&mut self, request: &Value) -> Result<Option<String>> {
        let signature = json!({"who": "xtask", "when": "2026-01-01", "why": "a trial"});
        let start = Instant::now();
        let answer = self.asking.correct(&json!({"request": request, "signature": signature}))?;
        self.tally.answer("corrections", answer.status, start.elapsed());
        match answer.status {
            201 => Ok(answer.said["entry"]["correction"].as_str().map(str::to_owned)),
            // A build is writing, or the event is another one since it was read.
            409 | 503 => Ok(None),
            status => bail!("{request}: {status} {}", answer.said),
        }
    }

    /// What stands there; nothing where a build is writing, or where it went since its name was read.
    fn look(&mut self, kind: &'static str, path: &str) -> Result<Option<Value>> {
        let start = Instant::now();
        let Answer { status, said } = self.asking.read(path)?;
        self.tally.answer(kind, status, start.elapsed());
        match status {
            200 => Ok(Some(said)),
            404 | 503 => Ok(None),
            _ => bail!("{path}: {status} {said}"),
        }
    }

    fn any_event(&mut self) -> Option<String> {
        let at = self.random.below(self.events.len());
        self.events.get(at).cloned()
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

/// As a part of an address.
fn escaped(name: &str) -> String {
    let byte = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => char::from(byte).to_string(),
        other => format!("%{other:02X}"),
    };
    name.bytes().map(byte).collect()
}
