//! `thidua openapi write` and `check`: no database is needed to print a contract.

use super::{Said, print};
use crate::openapi::{CONTRACT_FILE, Contract};

pub(super) fn write() -> Result<(), Said> {
    std::fs::write(CONTRACT_FILE, Contract::current().bytes()).map_err(|error| format!("{CONTRACT_FILE}: {error}"))
}

pub(super) fn check() -> Result<(), Said> {
    let file = std::fs::read(CONTRACT_FILE).map_err(|error| format!("{CONTRACT_FILE}: {error}"))?;
    if file == **Contract::current().bytes() {
        print("the contract is as checked in");
        Ok(())
    } else {
        Err(format!("{CONTRACT_FILE} differs from the program; run `thidua openapi write` and look at the difference"))
    }
}
