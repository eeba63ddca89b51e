//! The views of a record, a file each: what is asked, what is answered.

pub(crate) mod actor;
pub(crate) mod actors;
pub(crate) mod article;
pub(crate) mod capture;
pub(crate) mod cluster;
pub(crate) mod compare;
pub(crate) mod correct;
pub(crate) mod corrections;
pub(crate) mod event;
pub(crate) mod export;
pub(crate) mod network;
pub(crate) mod passages;
pub(crate) mod publishers;
pub(crate) mod record;
pub(crate) mod reuse;
pub(crate) mod search;
pub(crate) mod statements;
pub(crate) mod timeline;
