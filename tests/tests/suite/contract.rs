//! The contract as a document.

use thidua_api::openapi::{CONTRACT_FILE, Contract};

#[test]
fn the_checked_in_contract_is_the_programs_own_byte_for_byte() {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(CONTRACT_FILE);
    let checked_in = std::fs::read_to_string(file).unwrap();
    let own = String::from_utf8(Contract::current().bytes().to_vec()).unwrap();
    assert!(checked_in == own, "the contract has changed: run `make openapi` and look at the difference");
}
