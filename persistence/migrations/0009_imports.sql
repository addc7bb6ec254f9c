-- Why: a table of many rows is carried out as one act. Its row here is the object of that act: what was handed in, by whom, and
-- how much of it did something. The events of what its rows made say that this one caused them. It never changes.

CREATE TABLE import (
    id uuid PRIMARY KEY,
    version bigint NOT NULL CHECK (version > 0),
    stage text NOT NULL,
    campaign_id uuid REFERENCES campaign,
    unit_id uuid REFERENCES unit,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    state jsonb NOT NULL
);
CREATE INDEX import_campaign_idx ON import (campaign_id, id);
CREATE INDEX import_unit_idx ON import (unit_id, id);
GRANT SELECT, INSERT ON import TO thidua_app;
-- Those of a campaign are of the unit for which they were handed in; those of the directory are of none.
ALTER TABLE import ENABLE ROW LEVEL SECURITY;
CREATE POLICY unit_scope ON import USING (unit_id IS NULL
    OR (SELECT current_setting('app.scope', true) = '*')
    OR unit_id = ANY ((SELECT (CASE WHEN current_setting('app.scope', true) IN ('', '*') THEN '{}'
                               ELSE current_setting('app.scope', true) END)::uuid[])::uuid[]));

-- What an import records is saved before its events are, as the rows of every consequence are; as for versions, the reference
-- is checked when all is written.
ALTER TABLE measurement ALTER CONSTRAINT measurement_event_id_fkey DEFERRABLE INITIALLY DEFERRED;
