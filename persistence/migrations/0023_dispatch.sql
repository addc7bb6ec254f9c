-- Why: what is sent goes to somebody, who answers. A row is an issued document on its way to one recipient, made in the
-- transaction that sends it. It is no paper of a unit: like the report that was sent, it is guarded by the policy alone.

CREATE TABLE dispatch (
    id uuid PRIMARY KEY,
    version bigint NOT NULL CHECK (version > 0),
    stage text NOT NULL,
    campaign_id uuid NOT NULL REFERENCES campaign,
    report_id uuid NOT NULL REFERENCES consolidated_report,
    document_id uuid NOT NULL REFERENCES document,
    channel text NOT NULL,
    -- The recipient whose answer counts for the report; there is one at most.
    decides boolean NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    state jsonb NOT NULL
);
CREATE INDEX dispatch_campaign_idx ON dispatch (campaign_id, id);
CREATE INDEX dispatch_report_idx ON dispatch (report_id, id);
CREATE INDEX dispatch_document_idx ON dispatch (document_id);
CREATE UNIQUE INDEX dispatch_decides_key ON dispatch (report_id) WHERE decides;
GRANT SELECT, INSERT, UPDATE ON dispatch TO thidua_app;

-- As before, and for dispatches.
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
        WHEN 'measurement' THEN SELECT m.campaign_id INTO campaign FROM measurement m WHERE m.id = object;
        WHEN 'report' THEN SELECT r.campaign_id INTO campaign FROM report r WHERE r.id = object;
        WHEN 'attachment' THEN SELECT a.campaign_id INTO campaign FROM attachment a WHERE a.id = object;
        WHEN 'consolidatedReport' THEN
            SELECT r.campaign_id INTO campaign FROM consolidated_report r WHERE r.id = object;
        WHEN 'dispatch' THEN SELECT d.campaign_id INTO campaign FROM dispatch d WHERE d.id = object;
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
