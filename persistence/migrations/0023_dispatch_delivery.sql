-- Why: how a package gets to its recipient is machinery beside the record. A row is made by the statement that saves the
-- dispatch, so that what was sent is carried whatever happens next: at least once, under the same id. Its times are those of
-- the business clock, as everything that people read.

CREATE TABLE delivery (
    dispatch_id uuid PRIMARY KEY REFERENCES dispatch,
    queued_at timestamptz NOT NULL,
    -- How often somebody ordered it anew after it had been given up.
    orders integer NOT NULL,
    attempts integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    next_attempt_at timestamptz NOT NULL,
    delivered_at timestamptz,
    given_up_at timestamptz,
    -- A code, never what the other side said.
    failure text,
    CHECK (delivered_at IS NULL OR given_up_at IS NULL)
);
CREATE INDEX delivery_waiting_idx ON delivery (next_attempt_at) WHERE delivered_at IS NULL AND given_up_at IS NULL;
GRANT SELECT, INSERT, UPDATE ON delivery TO thidua_app;

ALTER TABLE dispatch ADD COLUMN orders integer NOT NULL DEFAULT 0;
ALTER TABLE dispatch ALTER COLUMN orders DROP DEFAULT;

-- Addresses that answered 410: they take nothing any more, until somebody orders that one be tried again and it does.
CREATE TABLE gone_address (
    address text PRIMARY KEY,
    since timestamptz NOT NULL
);
GRANT SELECT, INSERT, DELETE ON gone_address TO thidua_app;
