//! Consolidated reports: what is frozen, who is missing, how they are signed; how one goes to the city and what comes back,
//! and how those of Văn phòng go to the committee.

mod compiling;
mod dispatching;
mod office;
mod permissions;
mod signing;
mod story;
