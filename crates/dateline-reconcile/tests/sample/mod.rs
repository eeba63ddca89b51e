//! Reports made by hand, field by field.

use dateline_model::{
    Account, Act, CitedText, CountKind, Days, Dossier, EventType, Figure, Nearness, Prominence, Role, Span,
    TimePrecision, ToldCount, ToldParty, ToldSource, ToldTime, Words,
};

/// A report, told one field after the other.
pub(crate) struct Sample {
    pub(crate) dossier: Dossier,
}

impl Sample {
    pub(crate) fn new(id: &str, text: &str, act: (EventType, &str)) -> Self {
        let dossier = Dossier { id: id.to_owned(), text: text.to_owned(), ..Dossier::default() };
        let mut sample = Self { dossier };
        let words = sample.words(act.1);
        sample.dossier.accounts.push(Account {
            acts: vec![Act { event_type: act.0, mode: None, cameo: "190".to_owned(), words: words.clone() }],
            times: Vec::new(),
            places: Vec::new(),
            parties: Vec::new(),
            counts: Vec::new(),
            sources: Vec::new(),
            prominence: Prominence::Lead,
            telling: vec![words],
        });
        sample
    }

    /// The words, at their first place in the text.
    pub(crate) fn words(&self, quote: &str) -> Words {
        let start = self.dossier.text.find(quote).expect("the quote stands in the text") as u32;
        let of = CitedText::Body(Span::new(start, start + quote.len() as u32));
        Words { of, quote: quote.to_owned() }
    }

    pub(crate) fn tell(mut self, change: impl FnOnce(&mut Account)) -> Self {
        change(&mut self.dossier.accounts[0]);
        self
    }

    pub(crate) fn printed(mut self, publisher: &str, day: &str) -> Self {
        self.dossier.publisher = Some(publisher.to_owned());
        self.dossier.published = Some(day.to_owned());
        self.dossier.published_quote = day.to_owned();
        self
    }

    pub(crate) fn on(self, quote: &str, value: &str) -> Self {
        let (words, days) = (self.words(quote), value.parse().ok().map(Days::one));
        let time = ToldTime {
            value: value.to_owned(),
            days,
            precision: if days.is_some() { TimePrecision::Day } else { TimePrecision::Weekday },
            nearness: Nearness::Clause,
            words,
        };
        self.tell(|account| account.times.push(time))
    }

    pub(crate) fn killed(self, quote: &str, number: u32, by: &str) -> Self {
        let (min, max) = (Some(number), Some(number));
        let figure = Figure { min, max, approximate: false, vague: None, counted: "all".to_owned() };
        let words = self.words(quote);
        let count = ToldCount { kind: CountKind::Killed, figure, by: Some(by.to_owned()), words };
        self.tell(|account| account.counts.push(count))
    }

    pub(crate) fn with(self, quote: &str, key: &str, role: Role) -> Self {
        let party = ToldParty {
            key: key.to_owned(),
            name: quote.to_owned(),
            named: true,
            link: None,
            code: None,
            role,
            act: 0,
            words: self.words(quote),
        };
        self.tell(|account| account.parties.push(party))
    }

    pub(crate) fn from(self, quote: &str, key: &str) -> Self {
        let source = ToldSource { key: key.to_owned(), words: self.words(quote) };
        self.tell(|account| account.sources.push(source))
    }
}
