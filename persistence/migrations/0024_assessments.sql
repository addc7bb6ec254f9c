-- Why: some criteria of a rubric are judged by people. One assessment holds for a criterion and a unit; whoever judges anew
-- replaces it. A unit reads its own, so that row-level security carries the unit.

CREATE TABLE assessment (
    id uuid PRIMARY KEY,
    version bigint NOT NULL CHECK (version > 0),
    stage text NOT NULL,
    campaign_id uuid NOT NULL REFERENCES campaign,
    rubric_id uuid NOT NULL REFERENCES scoring_rubric,
    unit_id uuid NOT NULL REFERENCES unit,
    criterion_code text NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    state jsonb NOT NULL,
    CONSTRAINT assessment_key UNIQUE (rubric_id, unit_id, criterion_code)
);
CREATE INDEX assessment_rubric_idx ON assessment (rubric_id, id);
CREATE INDEX assessment_campaign_idx ON assessment (campaign_id);
CREATE INDEX assessment_unit_idx ON assessment (unit_id, id);
GRANT SELECT, INSERT, UPDATE ON assessment TO thidua_app;
ALTER TABLE assessment ENABLE ROW LEVEL SECURITY;
CREATE POLICY unit_scope ON assessment USING (
    (SELECT current_setting('app.scope', true) = '*')
    OR unit_id = ANY ((SELECT (CASE WHEN current_setting('app.scope', true) IN ('', '*') THEN '{}'
                               ELSE current_setting('app.scope', true) END)::uuid[])::uuid[]));
