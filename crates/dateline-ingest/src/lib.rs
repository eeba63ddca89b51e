//! Which pages are in the files that the user named?
