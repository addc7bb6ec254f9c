//! The wire: forms, headers, keys, tags, cursors.
