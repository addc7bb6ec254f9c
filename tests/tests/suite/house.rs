//! The house itself: edges, schema, catalogues.
