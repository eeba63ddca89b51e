//! Listening until the reader has had enough, and saying plainly why it cannot be done.

use std::io;
use std::net::{IpAddr, SocketAddr};

use dateline_store::{Store, StoreError};
use tokio::net::TcpListener;

use crate::readers::{READERS, Readers};
use crate::routes::router_over;
use crate::settings::Settings;

/// Why a record cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The record cannot be read.
    #[error(transparent)]
    Record(#[from] StoreError),
    /// Somebody else listens there.
    #[error(
        "port {0} is taken, perhaps by another `dateline serve`: stop that one, or choose another with --port N"
    )]
    Taken(u16),
    /// The system refuses the address.
    #[error("cannot listen at {address}: {source}")]
    Address {
        /// The address.
        address: SocketAddr,
        /// Why.
        source: io::Error,
    },
    /// Others would reach it, and anybody could read.
    #[error("{0} can be reached from other machines: give a --token that readers must show")]
    Open(IpAddr),
    /// The token could be guessed, or does not fit into an address.
    #[error("a token has {least} or more letters and digits (also - . _ ~)")]
    Token {
        /// At least so many.
        least: usize,
    },
    /// The server itself broke.
    #[error("the server stopped: {0}")]
    Stopped(io::Error),
}

/// Serves the record until the process is told to end (Ctrl-C). `ready` is told the address once it
/// can be opened.
///
/// # Errors
/// When the record cannot be read, or the address cannot be had.
pub fn serve(settings: &Settings, ready: impl FnOnce(&str)) -> Result<(), ServeError> {
    settings.check()?;
    // Opened once here, so that a file that is no record is told before anything listens.
    drop(Store::open(&settings.record)?);
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    // Threads that come and go would each keep memory of their own.
    let runtime = runtime.enable_all().max_blocking_threads(READERS).build().map_err(ServeError::Stopped)?;
    runtime.block_on(async {
        let listener = TcpListener::bind(settings.address).await.map_err(|error| refused(settings, error))?;
        let bound = listener.local_addr().map_err(ServeError::Stopped)?;
        let readers = Readers::new(settings.record.clone());
        let router = router_over(readers.clone(), settings);
        ready(&address(bound, settings.token.as_deref()));
        tokio::spawn(async move { readers.prepare().await });
        let served = axum::serve(listener, router).with_graceful_shutdown(end());
        served.await.map_err(ServeError::Stopped)
    })
}

fn refused(settings: &Settings, error: io::Error) -> ServeError {
    match error.kind() {
        io::ErrorKind::AddrInUse => ServeError::Taken(settings.address.port()),
        _ => ServeError::Address { address: settings.address, source: error },
    }
}

/// What a reader opens.
fn address(bound: SocketAddr, token: Option<&str>) -> String {
    let token = token.map(|token| format!("?token={token}")).unwrap_or_default();
    format!("http://{bound}/{token}")
}

async fn end() {
    // A system that cannot tell of Ctrl-C ends the process by itself.
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
