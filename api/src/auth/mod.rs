//! Tokens: this API is only a resource server; who issues tokens is configuration, and there is one path for all of them.

mod dev;
mod jwks;
mod step_up;
mod token;

pub use dev::{DEV_ISSUER, DevIssuer, serve_dev_issuer};
pub use jwks::{Issuer, KeySource};
pub use step_up::StepUp;
pub use token::{Verified, Verifier};
