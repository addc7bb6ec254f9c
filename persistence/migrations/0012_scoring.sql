-- Why: units are ranked by the rubric that an issued document sets. What a rubric says never changes, another document is
-- another rubric; one of a campaign is in force at most. It belongs to no unit, so that it is guarded by the policy of the
-- domain alone.

CREATE TABLE scoring_rubric (
    id uuid PRIMARY KEY,
    version bigint NOT NULL CHECK (version > 0),
    stage text NOT NULL,
    campaign_id uuid NOT NULL REFERENCES campaign,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    state jsonb NOT NULL
);
CREATE INDEX scoring_rubric_campaign_idx ON scoring_rubric (campaign_id, created_at, id);
CREATE UNIQUE INDEX scoring_rubric_active_key ON scoring_rubric (campaign_id) WHERE stage = 'ACTIVE';
GRANT SELECT, INSERT, UPDATE ON scoring_rubric TO thidua_app;
