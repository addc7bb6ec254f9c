//! The report to the city: what is frozen, who is missing, how it is signed and sent, and what comes back.

mod compiling;
mod dispatching;
mod permissions;
mod signing;
mod story;
