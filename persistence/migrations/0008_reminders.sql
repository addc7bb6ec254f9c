-- Why: who still owes something is told of its deadline, by rules that are data, and each unit once for each rule and
-- deadline whatever happens meanwhile. What was sent is a record that never changes; notifications are made from it, in
-- the statement that saves it, and belong to those who read them.

CREATE TABLE reminder_rule (
    id uuid PRIMARY KEY,
    version bigint NOT NULL CHECK (version > 0),
    stage text NOT NULL,
    campaign_id uuid NOT NULL REFERENCES campaign,
    code text NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    state jsonb NOT NULL,
    CONSTRAINT reminder_rule_code_key UNIQUE (campaign_id, code)
);
GRANT SELECT, INSERT, UPDATE ON reminder_rule TO thidua_app;

CREATE TABLE reminder (
    id uuid PRIMARY KEY,
    version bigint NOT NULL CHECK (version > 0),
    stage text NOT NULL,
    campaign_id uuid NOT NULL REFERENCES campaign,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    state jsonb NOT NULL
);
CREATE INDEX reminder_campaign_idx ON reminder (campaign_id, id);
GRANT SELECT, INSERT ON reminder TO thidua_app;

-- The units of a reminder, made from its state by the statement that saves it. A rule reminds a unit of a deadline once:
-- whoever comes second, be it another process, finds the place taken and leaves nothing behind.
CREATE TABLE reminded_unit (
    reminder_id uuid NOT NULL REFERENCES reminder,
    unit_id uuid NOT NULL REFERENCES unit,
    -- Absent for what an office wrote by itself.
    rule_id uuid REFERENCES reminder_rule,
    -- The period, else the campaign.
    subject_id uuid NOT NULL,
    due_before timestamptz,
    PRIMARY KEY (reminder_id, unit_id)
);
CREATE UNIQUE INDEX reminded_once_key ON reminded_unit (rule_id, subject_id, due_before, unit_id);
CREATE INDEX reminded_unit_unit_idx ON reminded_unit (unit_id);
GRANT SELECT, INSERT ON reminded_unit TO thidua_app;

-- What one person has to read. Machinery: its own module writes it, and clears it away after its time; the reminder stays.
CREATE TABLE notification (
    id uuid PRIMARY KEY,
    principal_id uuid NOT NULL REFERENCES principal,
    reminder_id uuid NOT NULL REFERENCES reminder,
    unit_id uuid NOT NULL REFERENCES unit,
    -- By the business clock, as everything that people read.
    created_at timestamptz NOT NULL,
    read_at timestamptz
);
CREATE INDEX notification_principal_idx ON notification (principal_id, id);
CREATE INDEX notification_reminder_idx ON notification (reminder_id);
CREATE INDEX notification_unit_idx ON notification (unit_id);
CREATE INDEX notification_age_idx ON notification (created_at);
GRANT SELECT, INSERT, DELETE ON notification TO thidua_app;
GRANT UPDATE (read_at) ON notification TO thidua_app;

DO $$
DECLARE
    scoped text;
    scope constant text := $scope$
        (SELECT current_setting('app.scope', true) = '*')
        OR unit_id = ANY ((SELECT (CASE WHEN current_setting('app.scope', true) IN ('', '*') THEN '{}'
                                   ELSE current_setting('app.scope', true) END)::uuid[])::uuid[]) $scope$;
BEGIN
    FOREACH scoped IN ARRAY ARRAY['reminded_unit', 'notification'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', scoped);
        EXECUTE format('CREATE POLICY unit_scope ON %I USING (%s)', scoped, scope);
    END LOOP;
END $$;
