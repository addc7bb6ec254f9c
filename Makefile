# Every task of the project; `make` alone lists them. Options for the program behind one go into ARGS.
#
# Running, testing and judging share one build of the dev profile: it takes half as long as a release, and whoever tries
# the service out waits for it only once.

.DEFAULT_GOAL := help
.PHONY: help run typesetter story test check conformance bench openapi audit

ARGS ?=
thidua := cargo run --quiet --locked --package thidua-api --

help: ## List what can be done here
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-13s%s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: typesetter ## Start the service with a database of its own: ARGS="--bind ADDR --data DIR --at DATE"
	@scripts/ensure-postgres
	@cargo run --locked --package thidua-api -- dev $(ARGS)

# A workspace of its own, which lies beside the service when it is built (ADR 0027).
typesetter: ## Build the program that sets papers as PDF
	cargo build --locked --manifest-path typeset/Cargo.toml --target-dir target

story: ## Play the plan through to the city report, against a running service
	@$(thidua) story $(ARGS)

test: typesetter ## Run every test, on a database of their own
	@scripts/ensure-postgres
	cargo test --workspace --locked $(ARGS)
	cargo test --locked --manifest-path typeset/Cargo.toml --target-dir target

check: ## Check formatting and lints as CI does
	cargo fmt --all --check
	cargo fmt --manifest-path typeset/Cargo.toml --check
	cargo clippy --workspace --all-targets --locked -- -D warnings

conformance: typesetter ## Let outside judges look at the contract and at the service
	@scripts/ensure-postgres
	@conformance/run $(ARGS)

bench: ## Measure reads and writes as a ratio to pgbench
	@scripts/ensure-postgres
	@bench/run $(ARGS)

openapi: ## Write the contract, openapi/thidua.v1.json, from the code
	@$(thidua) openapi write $(ARGS)

audit: ## Check licences, sources and known vulnerabilities of all dependencies
	@command -v cargo-deny >/dev/null || { echo 'This needs cargo-deny: cargo install --locked cargo-deny' >&2; exit 1; }
	cargo deny --locked check $(ARGS)
	cargo deny --locked --manifest-path typeset/Cargo.toml check --config deny.toml $(ARGS)
