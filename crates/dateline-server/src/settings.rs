//! Which record is served, where, and to whom.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use crate::serve::ServeError;

/// What a server needs to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The record.
    pub record: PathBuf,
    /// Where to listen; port 0 means any free one.
    pub address: SocketAddr,
    /// What a reader must show. Without one, only this machine is served.
    pub token: Option<String>,
    /// Whether readers may correct the record.
    pub corrections: Corrections,
}

/// May readers correct the record?
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Corrections {
    /// Yes: they are added to its log.
    #[default]
    Open,
    /// No: nothing is written.
    Closed,
}

/// A shorter token could be guessed.
const SHORTEST: usize = 16;

impl Settings {
    /// For readers on this machine.
    #[must_use]
    pub fn local(record: PathBuf, port: u16) -> Self {
        let address = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), port);
        Self { record, address, token: None, corrections: Corrections::Open }
    }

    /// An address that other machines reach needs a token, and one that cannot be guessed.
    pub(crate) fn check(&self) -> Result<(), ServeError> {
        match &self.token {
            None if !self.address.ip().is_loopback() => Err(ServeError::Open(self.address.ip())),
            Some(token) if token.chars().count() < SHORTEST || !token.bytes().all(is_plain) => {
                Err(ServeError::Token { least: SHORTEST })
            }
            _ => Ok(()),
        }
    }
}

/// Signs that a cookie and an address carry as they are.
fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_others_reach_needs_a_token() {
        for (address, token, good) in [
            ("127.0.0.1:1", None, true),
            ("[::1]:1", None, true),
            ("0.0.0.0:1", None, false),
            ("0.0.0.0:1", Some("0123456789abcdef"), true),
            ("0.0.0.0:1", Some("short"), false),
            ("127.0.0.1:1", Some("0123456789 abcdef"), false),
        ] {
            let token = token.map(str::to_owned);
            let settings =
                Settings { address: address.parse().unwrap(), token, ..Settings::local("r".into(), 0) };
            assert_eq!(settings.check().is_ok(), good, "{settings:?}");
        }
    }
}
