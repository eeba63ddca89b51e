//! Questions to the server, as a browser sends them, one connection each.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use anyhow::{Context, Result};
use serde_json::Value;

/// Where the server listens.
pub(crate) struct Asking {
    address: String,
}

/// An answer: its status, and what it says.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) said: Value,
}

/// The server gives up a question before.
const LONGEST: Duration = Duration::from_secs(90);

impl Asking {
    /// `address` is a host and its port.
    pub(crate) fn new(address: &str) -> Self {
        Self { address: address.to_owned() }
    }

    /// What stands at `path`.
    pub(crate) fn read(&self, path: &str) -> Result<Answer> {
        self.ask(&format!("GET {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n\r\n", self.address))
    }

    /// Sends a correction.
    pub(crate) fn correct(&self, body: &Value) -> Result<Answer> {
        let body = body.to_string();
        self.ask(&format!(
            "POST /api/corrections HTTP/1.1\r\nhost: {}\r\nconnection: close\r\nx-dateline: correct\r\n\
             content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            self.address,
            body.len()
        ))
    }

    fn ask(&self, request: &str) -> Result<Answer> {
        let mut stream = TcpStream::connect(&self.address)?;
        stream.set_read_timeout(Some(LONGEST))?;
        stream.write_all(request.as_bytes())?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        let (head, body) = answer.split_once("\r\n\r\n").context("an answer without a head")?;
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).context("no status")?;
        Ok(Answer { status, said: serde_json::from_str(body).context("an answer that is not JSON")? })
    }
}
