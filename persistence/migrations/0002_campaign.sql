-- Why: the campaign and everything that lives under it. Each row is its aggregate's whole state, as one JSON body in
-- the same form as its version, with beside it only the columns that are filtered, sorted or constrained.

CREATE TABLE campaign (
    id uuid PRIMARY KEY,
    version bigint NOT NULL CHECK (version > 0),
    stage text NOT NULL,
    code text NOT NULL,
    issuer_unit_id uuid NOT NULL REFERENCES unit,
    coordinating_unit_id uuid NOT NULL REFERENCES unit,
    folded_title text NOT NULL,
    started_on date,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    state jsonb NOT NULL,
    CONSTRAINT campaign_code_key UNIQUE (code)
);
CREATE INDEX campaign_issuer_idx ON campaign (issuer_unit_id);
CREATE INDEX campaign_coordinating_idx ON campaign (coordinating_unit_id);
GRANT SELECT, INSERT, UPDATE ON campaign TO thidua_app;

CREATE TABLE document (
    id uuid PRIMARY KEY,
    version bigint NOT NULL CHECK (version > 0),
    stage text NOT NULL,
    campaign_id uuid NOT NULL REFERENCES campaign,
    issuer_unit_id uuid NOT NULL REFERENCES unit,
    type text NOT NULL,
    year integer NOT NULL,
    number integer NOT NULL CHECK (number > 0),
    issued_on date NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    state jsonb NOT NULL,
    -- A number is used once in its series, for ever (NĐ 30/2020, article 15).
    CONSTRAINT document_number_key UNIQUE (issuer_unit_id, type, year, number)
);
CREATE INDEX document_campaign_idx ON document (campaign_id, id);
GRANT SELECT, INSERT, UPDATE ON document TO thidua_app;

CREATE TABLE period (
    id uuid PRIMARY KEY,
    version bigint NOT NULL CHECK (version > 0),
    stage text NOT NULL,
    campaign_id uuid NOT NULL REFERENCES campaign,
    code text NOT NULL,
    kind text NOT NULL,
    due_before timestamptz NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    state jsonb NOT NULL,
    CONSTRAINT period_code_key UNIQUE (campaign_id, code)
);
GRANT SELECT, INSERT, UPDATE ON period TO thidua_app;

CREATE TABLE registration (
    id uuid PRIMARY KEY,
    version bigint NOT NULL CHECK (version > 0),
    stage text NOT NULL,
    campaign_id uuid NOT NULL REFERENCES campaign,
    unit_id uuid NOT NULL REFERENCES unit,
    corrects_id uuid REFERENCES registration,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    state jsonb NOT NULL
);
-- One accepted and one open registration a unit (domain.md §4.3, invariant 14); races end here.
CREATE UNIQUE INDEX registration_accepted_key ON registration (campaign_id, unit_id) WHERE stage = 'ACCEPTED';
CREATE UNIQUE INDEX registration_open_key ON registration (campaign_id, unit_id)
    WHERE stage IN ('DRAFT', 'SUBMITTED', 'RETURNED');
CREATE INDEX registration_campaign_idx ON registration (campaign_id, id);
CREATE INDEX registration_unit_idx ON registration (unit_id, id);
CREATE INDEX registration_corrects_idx ON registration (corrects_id);
GRANT SELECT, INSERT, UPDATE ON registration TO thidua_app;

CREATE TABLE target (
    id uuid PRIMARY KEY,
    version bigint NOT NULL CHECK (version > 0),
    stage text NOT NULL,
    campaign_id uuid NOT NULL REFERENCES campaign,
    unit_id uuid NOT NULL REFERENCES unit,
    code text NOT NULL,
    task_code text,
    movement_code text,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    state jsonb NOT NULL,
    -- Where the target stands: a projection of its measurements, kept by the statement that records one.
    current_id uuid,
    current_as_of date,
    current_value jsonb,
    CONSTRAINT target_code_key UNIQUE (campaign_id, unit_id, code)
);
CREATE INDEX target_unit_idx ON target (unit_id, id);
GRANT SELECT, INSERT, UPDATE ON target TO thidua_app;

CREATE TABLE measurement (
    id uuid PRIMARY KEY,
    version bigint NOT NULL CHECK (version = 1),
    stage text NOT NULL,
    target_id uuid NOT NULL REFERENCES target,
    campaign_id uuid NOT NULL REFERENCES campaign,
    unit_id uuid NOT NULL REFERENCES unit,
    event_id uuid NOT NULL,
    as_of date NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    -- Canonical bytes: an append-only record is its own version.
    state text NOT NULL,
    CONSTRAINT measurement_event_key UNIQUE (event_id),
    FOREIGN KEY (event_id) REFERENCES event
);
CREATE INDEX measurement_target_idx ON measurement (target_id, id);
CREATE INDEX measurement_campaign_idx ON measurement (campaign_id, id);
CREATE INDEX measurement_unit_idx ON measurement (unit_id, id);
GRANT SELECT, INSERT ON measurement TO thidua_app;

CREATE TABLE report (
    id uuid PRIMARY KEY,
    version bigint NOT NULL CHECK (version > 0),
    stage text NOT NULL,
    campaign_id uuid NOT NULL REFERENCES campaign,
    period_id uuid NOT NULL REFERENCES period,
    unit_id uuid NOT NULL REFERENCES unit,
    corrects_id uuid REFERENCES report,
    submitted_at timestamptz,
    late boolean,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    state jsonb NOT NULL
);
-- One report a unit and period, and at most one open correction beside it (domain.md §4.3, invariant 16).
CREATE UNIQUE INDEX report_original_key ON report (period_id, unit_id)
    WHERE corrects_id IS NULL AND stage <> 'SUPERSEDED';
CREATE UNIQUE INDEX report_correction_key ON report (period_id, unit_id)
    WHERE corrects_id IS NOT NULL AND stage IN ('DRAFT', 'SUBMITTED', 'RETURNED');
CREATE INDEX report_campaign_idx ON report (campaign_id, id);
CREATE INDEX report_period_idx ON report (period_id, id);
CREATE INDEX report_unit_idx ON report (unit_id, id);
CREATE INDEX report_corrects_idx ON report (corrects_id);
GRANT SELECT, INSERT, UPDATE ON report TO thidua_app;

CREATE TABLE consolidated_report (
    id uuid PRIMARY KEY,
    version bigint NOT NULL CHECK (version > 0),
    stage text NOT NULL,
    campaign_id uuid NOT NULL REFERENCES campaign,
    replaces_id uuid REFERENCES consolidated_report,
    supplements_id uuid REFERENCES consolidated_report,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    state jsonb NOT NULL
);
CREATE INDEX consolidated_report_campaign_idx ON consolidated_report (campaign_id, id);
CREATE INDEX consolidated_report_replaces_idx ON consolidated_report (replaces_id);
CREATE INDEX consolidated_report_supplements_idx ON consolidated_report (supplements_id);
GRANT SELECT, INSERT, UPDATE ON consolidated_report TO thidua_app;

-- Every table with rows of units is under row-level security; the owner stays outside, for data migrations. It carries
-- the unit scope and nothing else: the policy of the domain carries the roles. The scope is set by the one statement
-- that every checkout begins with; unset means no rows. The cast sits inside the subselect, so that it runs once a
-- statement and not once a row. What belongs to no unit is guarded by the policy of the domain alone.
DO $$
DECLARE
    scoped text;
    scope constant text := $scope$
        (SELECT current_setting('app.scope', true) = '*')
        OR unit_id = ANY ((SELECT (CASE WHEN current_setting('app.scope', true) IN ('', '*') THEN '{}'
                                   ELSE current_setting('app.scope', true) END)::uuid[])::uuid[]) $scope$;
BEGIN
    FOREACH scoped IN ARRAY ARRAY['registration', 'target', 'measurement', 'report'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', scoped);
        EXECUTE format('CREATE POLICY unit_scope ON %I USING (%s)', scoped, scope);
    END LOOP;
    FOREACH scoped IN ARRAY ARRAY['version', 'event'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', scoped);
        EXECUTE format('CREATE POLICY unit_scope ON %I USING (unit_id IS NULL OR object_type IN (%L, %L) OR %s)',
                       scoped, 'unit', 'principal', scope);
    END LOOP;
END $$;

-- Takes the lock of the campaign that an object lives under, in a statement before the one that reads the object, or
-- what is read would be stale. It runs as the owner: the scope of the caller is being set in the very same statement.
-- A campaign never changes, so this look-up is safe without a lock; an unknown id locks nothing.
CREATE FUNCTION take_fence(kind text, object uuid, exclusive boolean) RETURNS uuid
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public AS $$
DECLARE
    campaign uuid;
BEGIN
    CASE kind
        WHEN 'campaign' THEN SELECT c.id INTO campaign FROM campaign c WHERE c.id = object;
        WHEN 'period' THEN SELECT p.campaign_id INTO campaign FROM period p WHERE p.id = object;
        WHEN 'registration' THEN SELECT r.campaign_id INTO campaign FROM registration r WHERE r.id = object;
        WHEN 'target' THEN SELECT t.campaign_id INTO campaign FROM target t WHERE t.id = object;
        WHEN 'report' THEN SELECT r.campaign_id INTO campaign FROM report r WHERE r.id = object;
        WHEN 'consolidatedReport' THEN
            SELECT r.campaign_id INTO campaign FROM consolidated_report r WHERE r.id = object;
    END CASE;
    IF campaign IS NULL THEN
        RETURN NULL;
    END IF;
    IF exclusive THEN
        PERFORM pg_advisory_xact_lock(hashtextextended(campaign::text, 0));
    ELSE
        PERFORM pg_advisory_xact_lock_shared(hashtextextended(campaign::text, 0));
    END IF;
    RETURN campaign;
END $$;
REVOKE ALL ON FUNCTION take_fence FROM PUBLIC;
GRANT EXECUTE ON FUNCTION take_fence TO thidua_app;
