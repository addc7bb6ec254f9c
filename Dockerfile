# The production form in one image: `thidua serve`, `migrate up`, `seed`, `admin bootstrap`, `health`.
# Nothing is configured in it; docker-compose.yml shows how, docs/OPERATING.md says what.

FROM rust:1.95-slim-bookworm AS build
WORKDIR /source
COPY . .
RUN cargo build --release --locked --package thidua-api \
    && cargo build --release --locked --manifest-path typeset/Cargo.toml --target-dir target

FROM debian:12-slim
# The issuers' keys are fetched over TLS.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --no-install-recommends --yes ca-certificates \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin thidua \
    && install --directory --owner=thidua --mode=0750 /var/lib/thidua/files
COPY --from=build /source/target/release/thidua /source/target/release/thidua-typeset /usr/local/bin/
USER 10001:10001
# Attached files; to be mounted, and backed up together with the database.
VOLUME /var/lib/thidua/files
EXPOSE 8080
# It asks for the database too, so that a service that cannot reach it gets no requests.
HEALTHCHECK --interval=10s --timeout=6s --start-period=10s --retries=3 CMD ["thidua", "health"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["thidua"]
CMD ["serve"]
