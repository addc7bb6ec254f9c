-- Why: files that prove what a report says. A row says what a file is and to which report it belongs; the bytes lie in a
-- folder beside the database, under the id of their content. It is seen where its report is: row-level security carries
-- the unit, as for the report, and the report's own stage decides the rest.

CREATE TABLE attachment (
    id uuid PRIMARY KEY,
    version bigint NOT NULL CHECK (version > 0),
    stage text NOT NULL,
    campaign_id uuid NOT NULL REFERENCES campaign,
    unit_id uuid NOT NULL REFERENCES unit,
    report_id uuid NOT NULL REFERENCES report,
    content_id uuid NOT NULL,
    -- Whether the bytes must be there. Where they need not be, or where no row names them, they are swept.
    content_kept boolean NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    state jsonb NOT NULL,
    CONSTRAINT attachment_content_key UNIQUE (content_id)
);
CREATE INDEX attachment_report_idx ON attachment (report_id, id);
CREATE INDEX attachment_campaign_idx ON attachment (campaign_id, id);
CREATE INDEX attachment_unit_idx ON attachment (unit_id, id);
GRANT SELECT, INSERT, UPDATE ON attachment TO thidua_app;
ALTER TABLE attachment ENABLE ROW LEVEL SECURITY;
CREATE POLICY unit_scope ON attachment USING (
    (SELECT current_setting('app.scope', true) = '*')
    OR unit_id = ANY ((SELECT (CASE WHEN current_setting('app.scope', true) IN ('', '*') THEN '{}'
                               ELSE current_setting('app.scope', true) END)::uuid[])::uuid[]));

-- As before, and for attachments.
CREATE OR REPLACE FUNCTION take_fence(kind text, object uuid, exclusive boolean) RETURNS uuid
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    campaign uuid;
BEGIN
    CASE kind
        WHEN 'campaign' THEN SELECT c.id INTO campaign FROM campaign c WHERE c.id = object;
        WHEN 'period' THEN SELECT p.campaign_id INTO campaign FROM period p WHERE p.id = object;
        WHEN 'registration' THEN SELECT r.campaign_id INTO campaign FROM registration r WHERE r.id = object;
        WHEN 'target' THEN SELECT t.campaign_id INTO campaign FROM target t WHERE t.id = object;
        WHEN 'report' THEN SELECT r.campaign_id INTO campaign FROM report r WHERE r.id = object;
        WHEN 'attachment' THEN SELECT a.campaign_id INTO campaign FROM attachment a WHERE a.id = object;
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
