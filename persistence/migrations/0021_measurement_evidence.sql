-- Why: measurements are proven too, and a correction begins with the files of what it corrects. An attachment belongs to
-- exactly one thing; each kind of owner has a column of its own, so that a foreign key holds it.

ALTER TABLE attachment
    ALTER COLUMN report_id DROP NOT NULL,
    ADD COLUMN measurement_id uuid REFERENCES measurement,
    ADD COLUMN carried_from_id uuid REFERENCES attachment,
    ADD CONSTRAINT attachment_owner_check CHECK (num_nonnulls(report_id, measurement_id) = 1),
    -- The files of a correction are written before the correction itself, as everything that follows from a command is.
    ALTER CONSTRAINT attachment_report_id_fkey DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX attachment_measurement_idx ON attachment (measurement_id, id);
CREATE INDEX attachment_carried_from_idx ON attachment (carried_from_id);

-- The same bytes may be named by several: by what was received, once, and by what was carried on from there.
ALTER TABLE attachment DROP CONSTRAINT attachment_content_key;
CREATE UNIQUE INDEX attachment_content_key ON attachment (content_id) WHERE carried_from_id IS NULL;
CREATE INDEX attachment_content_idx ON attachment (content_id);

-- As before, and for measurements.
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
