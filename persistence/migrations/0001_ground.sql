-- Why: the ground that every aggregate stands on, in its final form. Who calls (principal), how often and as what
-- everything was saved (version), what happened in which order (event, event_queue, log_entry), and which keys were
-- used (idempotency). The application's role is not the owner: it can neither change nor delete what was logged.

DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'thidua_app') THEN
        CREATE ROLE thidua_app NOLOGIN;
    END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
    NULL; -- another database of this cluster was migrated at the same moment
END $$;

GRANT USAGE ON SCHEMA public TO thidua_app;

-- Secrets of this installation that no configuration needs to know.
CREATE TABLE instance (
    singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
    cursor_key bytea NOT NULL DEFAULT sha256((gen_random_uuid()::text || gen_random_uuid()::text)::bytea),
    created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
INSERT INTO instance DEFAULT VALUES;
GRANT SELECT ON instance TO thidua_app;

CREATE TABLE unit (
    id uuid PRIMARY KEY,
    version bigint NOT NULL CHECK (version > 0),
    stage text NOT NULL,
    code text NOT NULL,
    type text NOT NULL,
    folded_name text NOT NULL,
    parent_id uuid REFERENCES unit,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    state jsonb NOT NULL,
    CONSTRAINT unit_code_key UNIQUE (code)
);
CREATE INDEX unit_parent_idx ON unit (parent_id);
GRANT SELECT, INSERT, UPDATE ON unit TO thidua_app;

CREATE TABLE principal (
    id uuid PRIMARY KEY,
    version bigint NOT NULL CHECK (version > 0),
    stage text NOT NULL,
    person_id uuid NOT NULL,
    kind text NOT NULL,
    issuer text NOT NULL,
    subject text NOT NULL,
    name text NOT NULL,
    title text,
    unit_id uuid REFERENCES unit,
    -- A projection of the grants in the state, kept in the same transaction, so that a checkout reads one row.
    grants jsonb NOT NULL,
    disabled_at timestamptz,
    not_before timestamptz,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    state jsonb NOT NULL,
    CONSTRAINT principal_identity_key UNIQUE (issuer, subject)
);
CREATE INDEX principal_unit_idx ON principal (unit_id);
GRANT SELECT, INSERT, UPDATE ON principal TO thidua_app;

CREATE TABLE event (
    id uuid PRIMARY KEY,
    -- Drawn after all row locks are held; the order of the log within a batch.
    staged bigint GENERATED ALWAYS AS IDENTITY,
    object_type text NOT NULL,
    object_id uuid NOT NULL,
    object_version bigint NOT NULL,
    action text NOT NULL,
    campaign_id uuid,
    unit_id uuid,
    principal_id uuid NOT NULL REFERENCES principal,
    -- The canonical entry but for `seq` and `recordedAt`, which the sequencer and this row add.
    entry text NOT NULL,
    -- Salt of the after-hash: without it, a hash of few possible values would be clear data.
    salt bytea NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX event_object_idx ON event (object_type, object_id, object_version);
CREATE INDEX event_principal_idx ON event (principal_id);
-- Granted by column, and never the generated one: OVERRIDING SYSTEM VALUE would forge the order.
GRANT SELECT ON event TO thidua_app;
GRANT INSERT (id, object_type, object_id, object_version, action, campaign_id, unit_id, principal_id, entry, salt)
    ON event TO thidua_app;

CREATE TABLE event_queue (
    event_id uuid PRIMARY KEY REFERENCES event,
    staged bigint NOT NULL
);
GRANT SELECT, INSERT, DELETE ON event_queue TO thidua_app;

CREATE TABLE log_entry (
    seq bigint PRIMARY KEY CHECK (seq > 0),
    event_id uuid NOT NULL,
    leaf_hash bytea NOT NULL CHECK (length(leaf_hash) = 32),
    sequenced_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT log_entry_event_key UNIQUE (event_id),
    FOREIGN KEY (event_id) REFERENCES event
);
GRANT SELECT ON log_entry TO thidua_app;
GRANT INSERT (seq, event_id, leaf_hash) ON log_entry TO thidua_app;

CREATE TABLE version (
    object_type text NOT NULL,
    object_id uuid NOT NULL,
    version bigint NOT NULL CHECK (version > 0),
    event_id uuid NOT NULL,
    -- The form of the state, so that old bytes can always be read again.
    schema smallint NOT NULL,
    stage text NOT NULL,
    campaign_id uuid,
    unit_id uuid,
    -- The canonical bytes that the log hashes.
    state text NOT NULL,
    PRIMARY KEY (object_type, object_id, version),
    CONSTRAINT version_event_key UNIQUE (event_id),
    -- Checked at commit: events are written by the last statement, after the rows of consequences.
    FOREIGN KEY (event_id) REFERENCES event DEFERRABLE INITIALLY DEFERRED
);
GRANT SELECT, INSERT ON version TO thidua_app;

CREATE TABLE idempotency (
    principal_id uuid NOT NULL REFERENCES principal,
    key text NOT NULL,
    fingerprint bytea NOT NULL CHECK (length(fingerprint) = 32),
    event_id uuid NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (principal_id, key)
);
CREATE INDEX idempotency_age_idx ON idempotency (created_at);
GRANT SELECT, INSERT, DELETE ON idempotency TO thidua_app;

-- The two built-in callers: `public` without a token, `system` for scheduled acts and set-up.
INSERT INTO principal (id, version, stage, person_id, kind, issuer, subject, name, grants, created_at, updated_at, state)
SELECT p.id, 1, 'ACTIVE', p.id, 'BUILT_IN', 'urn:thidua:builtin', p.subject, p.name, p.grants, p.at, p.at,
       jsonb_build_object('root', jsonb_build_object('id', p.id, 'version', 1, 'createdAt', '2025-01-01T00:00:00Z',
                                                     'updatedAt', '2025-01-01T00:00:00Z'),
                          'person', p.id, 'kind', 'BUILT_IN', 'issuer', 'urn:thidua:builtin', 'subject', p.subject,
                          'name', p.name, 'grants', p.state_grants)
FROM (VALUES
    ('00000000-0000-7000-8000-000000000001'::uuid, 'public', 'Công chúng', '[]'::jsonb, '[]'::jsonb,
     '2025-01-01T00:00:00Z'::timestamptz),
    ('00000000-0000-7000-8000-000000000002'::uuid, 'system', 'Hệ thống',
     '[{"role": "SYSTEM", "everywhere": true, "valid_from": "2000-01-01T00:00:00Z"}]'::jsonb,
     '[{"role": "SYSTEM", "validFrom": "2000-01-01T00:00:00Z"}]'::jsonb, '2025-01-01T00:00:00Z')
) AS p (id, subject, name, grants, state_grants, at);
