//! What a rule takes down while it reads: named slots, filled by words and by the rule itself.

use dateline_model::TimeModifier;

use crate::calendar::Season;

/// A place for one fact of an expression. Rules name the slots as they stand in [`Slot::NAMES`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Slot {
    Year,
    ShortYear,
    Decade,
    ShortDecade,
    Century,
    Month,
    Day,
    Weekday,
    Quarter,
    Half,
    Season,
    Week,
    Nth,
    NthUnit,
    Holiday,
    ForeignCalendar,
    ForeignMonth,
    Part,
    Hour,
    Minute,
    Second,
    Meridiem,
    MinutesPast,
    Count,
    Hundredths,
    MoreHundredths,
    Vague,
    Unit,
    Rel,
    Direction,
    Anchor,
    Modifier,
    Reference,
    Days,
    Frequency,
    Weekend,
    Era,
    Every,
    Whole,
    Clock,
    DayYear,
}

impl Slot {
    /// The slots by the names that rules use, in the order of the enum.
    const NAMES: [(&'static str, Slot); 41] = [
        ("year", Slot::Year),
        ("short-year", Slot::ShortYear),
        ("decade", Slot::Decade),
        ("short-decade", Slot::ShortDecade),
        ("century", Slot::Century),
        ("month", Slot::Month),
        ("day", Slot::Day),
        ("weekday", Slot::Weekday),
        ("quarter", Slot::Quarter),
        ("half", Slot::Half),
        ("season", Slot::Season),
        ("week", Slot::Week),
        ("nth", Slot::Nth),
        ("nth-unit", Slot::NthUnit),
        ("holiday", Slot::Holiday),
        ("foreign-calendar", Slot::ForeignCalendar),
        ("foreign-month", Slot::ForeignMonth),
        ("part", Slot::Part),
        ("hour", Slot::Hour),
        ("minute", Slot::Minute),
        ("second", Slot::Second),
        ("meridiem", Slot::Meridiem),
        ("minutes-past", Slot::MinutesPast),
        ("count", Slot::Count),
        ("hundredths", Slot::Hundredths),
        ("more-hundredths", Slot::MoreHundredths),
        ("vague", Slot::Vague),
        ("unit", Slot::Unit),
        ("rel", Slot::Rel),
        ("direction", Slot::Direction),
        ("anchor", Slot::Anchor),
        ("modifier", Slot::Modifier),
        ("reference", Slot::Reference),
        ("days", Slot::Days),
        ("frequency", Slot::Frequency),
        ("weekend", Slot::Weekend),
        ("era", Slot::Era),
        ("every", Slot::Every),
        ("whole", Slot::Whole),
        ("clock", Slot::Clock),
        ("day-year", Slot::DayYear),
    ];

    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(n, _)| *n == name).map(|(_, slot)| *slot)
    }

    /// The number that stands for a word in this slot: `next` of `rel` is 1.
    pub(crate) fn symbol(self, name: &str) -> Option<i32> {
        if let Ok(number) = name.parse() {
            return Some(number);
        }
        let position = match self {
            Slot::Unit | Slot::NthUnit | Slot::Every => Unit::ALL.iter().position(|u| u.name() == name),
            Slot::Part => Part::ALL.iter().position(|p| p.code() == name),
            Slot::Season => Season::ALL.iter().position(|s| s.code() == name),
            Slot::Modifier => TimeModifier::ALL.iter().position(|m| m.name() == name),
            Slot::Rel => ["last", "this", "next", "that", "coming"].iter().position(|r| *r == name),
            Slot::Direction => ["ago", "later"].iter().position(|d| *d == name),
            Slot::Anchor => ["document", "previous", "either"].iter().position(|a| *a == name),
            Slot::Reference => Reference::ALL.iter().position(|r| r.value() == name),
            _ => None,
        };
        position.and_then(|p| i32::try_from(p).ok())
    }
}

/// What a rule has taken down of one expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reading {
    /// [`Reading::NONE`] where nothing was taken down: readings are copied often, so they are small.
    slots: [i32; Slot::NAMES.len()],
    amounts: [Amount; Self::AMOUNTS],
    amount_count: usize,
}

/// So many of a unit: "two weeks"; a count of none is "weeks".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Amount {
    pub(crate) count: Option<i32>,
    pub(crate) hundredths: i32,
    pub(crate) vague: bool,
    pub(crate) unit: Unit,
}

impl Reading {
    const AMOUNTS: usize = 4;
    const NONE: i32 = i32::MIN;

    pub(crate) fn new() -> Self {
        let none = Amount { count: None, hundredths: 0, vague: false, unit: Unit::Day };
        Self { slots: [Self::NONE; Slot::NAMES.len()], amounts: [none; Self::AMOUNTS], amount_count: 0 }
    }

    /// The fact in a slot. (Rules say `@year=1`; the code says `reading[Slot::Year]`.)
    pub(crate) fn of(&self, slot: Slot) -> Option<i32> {
        Some(self.slots[slot as usize]).filter(|fact| *fact != Self::NONE)
    }

    pub(crate) fn has(&self, slot: Slot) -> bool {
        self.of(slot).is_some()
    }

    /// The fact in a slot where it is a small number that cannot be negative.
    pub(crate) fn small(&self, slot: Slot) -> Option<i8> {
        self.of(slot).and_then(|value| i8::try_from(value).ok())
    }

    /// The amounts read so far, in the text's order.
    pub(crate) fn amounts(&self) -> &[Amount] {
        &self.amounts[..self.amount_count]
    }

    pub(crate) fn modifier(&self) -> Option<TimeModifier> {
        TimeModifier::ALL.get(usize::try_from(self.of(Slot::Modifier)?).ok()?).copied()
    }

    pub(crate) fn part(&self) -> Option<Part> {
        Part::ALL.get(usize::try_from(self.of(Slot::Part)?).ok()?).copied()
    }

    pub(crate) fn rel(&self) -> Option<Rel> {
        [Rel::Last, Rel::This, Rel::Next, Rel::That, Rel::Coming]
            .get(usize::try_from(self.of(Slot::Rel)?).ok()?)
            .copied()
    }

    pub(crate) fn unit(&self, slot: Slot) -> Option<Unit> {
        Unit::ALL.get(usize::try_from(self.of(slot)?).ok()?).copied()
    }

    /// Takes down a fact. A unit closes an amount: the count before it belongs to it.
    pub(crate) fn take(&mut self, slot: Slot, value: i32) {
        match slot {
            Slot::Unit => self.close_amount(value),
            // 1430 is hour and minute in one.
            Slot::Clock => {
                self.slots[Slot::Hour as usize] = value / 100;
                self.slots[Slot::Minute as usize] = value % 100;
            }
            // A lost comma: "Jul 28,2016" becomes "Jul 282016".
            Slot::DayYear => {
                self.slots[Slot::Day as usize] = value / 10_000;
                self.slots[Slot::Year as usize] = value % 10_000;
            }
            Slot::MoreHundredths => {
                if let Some(amount) = self.amounts[..self.amount_count].last_mut() {
                    amount.count.get_or_insert(1);
                    amount.hundredths += value;
                }
            }
            _ => self.slots[slot as usize] = value,
        }
    }

    /// Takes over the facts of another reading that this one lacks.
    pub(crate) fn inherit(&mut self, other: &Self, slots: &[Slot]) {
        for slot in slots {
            let own = &mut self.slots[*slot as usize];
            if *own == Self::NONE {
                *own = other.slots[*slot as usize];
            }
        }
    }

    /// Takes over the amounts of another reading if it has none: "Friday next week from 8 to 10".
    pub(crate) fn inherit_amounts(&mut self, other: &Self) {
        if self.amount_count == 0 {
            self.amounts = other.amounts;
            self.amount_count = other.amount_count;
        }
    }

    fn close_amount(&mut self, unit: i32) {
        let (count, hundredths) = (self.of(Slot::Count), self.of(Slot::Hundredths));
        let vague = self.has(Slot::Vague);
        for slot in [Slot::Count, Slot::Hundredths, Slot::Vague] {
            self.slots[slot as usize] = Self::NONE;
        }
        let unit = usize::try_from(unit).ok().and_then(|u| Unit::ALL.get(u).copied());
        if let (Some(unit), true) = (unit, self.amount_count < Self::AMOUNTS) {
            self.amounts[self.amount_count] =
                Amount { count, hundredths: hundredths.unwrap_or(0), vague, unit };
            self.amount_count += 1;
        }
    }
}

/// Where a time lies by the words "last", "this", "next", "that".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rel {
    Last,
    This,
    Next,
    That,
    /// The very next one: "this coming Friday".
    Coming,
}

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    BusinessDay,
    Night,
    Weekend,
    Week,
    Fortnight,
    Month,
    Quarter,
    Season,
    Year,
    Decade,
    Century,
    Millennium,
    Unknown,
}

impl Unit {
    pub(crate) const ALL: [Self; 17] = [
        Self::Second,
        Self::Minute,
        Self::Hour,
        Self::Day,
        Self::BusinessDay,
        Self::Night,
        Self::Weekend,
        Self::Week,
        Self::Fortnight,
        Self::Month,
        Self::Quarter,
        Self::Season,
        Self::Year,
        Self::Decade,
        Self::Century,
        Self::Millennium,
        Self::Unknown,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Second => "second",
            Self::Minute => "minute",
            Self::Hour => "hour",
            Self::Day => "day",
            Self::BusinessDay => "business-day",
            Self::Night => "night",
            Self::Weekend => "weekend",
            Self::Week => "week",
            Self::Fortnight => "fortnight",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Season => "season",
            Self::Year => "year",
            Self::Decade => "decade",
            Self::Century => "century",
            Self::Millennium => "millennium",
            Self::Unknown => "unknown",
        }
    }

    /// Is it shorter than a day?
    pub(crate) fn is_of_the_clock(self) -> bool {
        matches!(self, Self::Second | Self::Minute | Self::Hour)
    }
}

/// A part of the day, by TIMEX3's code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Morning,
    Midday,
    Afternoon,
    Evening,
    Night,
    Daytime,
    Breakfast,
    Lunch,
    Dinner,
}

impl Part {
    pub(crate) const ALL: [Self; 9] = [
        Self::Morning,
        Self::Midday,
        Self::Afternoon,
        Self::Evening,
        Self::Night,
        Self::Daytime,
        Self::Breakfast,
        Self::Lunch,
        Self::Dinner,
    ];

    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Morning => "MO",
            Self::Midday => "MI",
            Self::Afternoon => "AF",
            Self::Evening => "EV",
            Self::Night => "NI",
            Self::Daytime => "DT",
            Self::Breakfast => "MEB",
            Self::Lunch => "MEL",
            Self::Dinner => "MED",
        }
    }
}

/// A time that is only past, present or future.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reference {
    Past,
    Present,
    Future,
}

impl Reference {
    const ALL: [Self; 3] = [Self::Past, Self::Present, Self::Future];

    pub(crate) fn of(reading: &Reading) -> Option<Self> {
        Self::ALL.get(usize::try_from(reading.of(Slot::Reference)?).ok()?).copied()
    }

    /// As TIMEX3 writes it.
    pub(crate) fn value(self) -> &'static str {
        match self {
            Self::Past => "PAST_REF",
            Self::Present => "PRESENT_REF",
            Self::Future => "FUTURE_REF",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_have_their_own_place() {
        for (place, (name, slot)) in Slot::NAMES.iter().enumerate() {
            assert_eq!(*slot as usize, place, "{name}");
        }
    }

    #[test]
    fn a_unit_takes_the_count_before_it() {
        let mut reading = Reading::new();
        for (slot, value) in [(Slot::Count, 2), (Slot::Unit, 12), (Slot::Count, 3), (Slot::Unit, 9)] {
            reading.take(slot, value);
        }
        let counts: Vec<_> = reading.amounts().iter().map(|a| (a.count, a.unit)).collect();
        assert_eq!(counts, [(Some(2), Unit::Year), (Some(3), Unit::Month)]);
    }
}
