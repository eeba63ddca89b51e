//! When was the page first published? All candidates with the words that carry them, and one choice.

mod address;
mod calendar;
mod clock;
mod glyph;
mod written;
