-- Why: files stand beside the registers too: the signed copy of a document that is issued here, and the scan of one that
-- arrived. Not every entry of a register belongs to a campaign, and so not every file does.

ALTER TABLE attachment
    ALTER COLUMN campaign_id DROP NOT NULL,
    ADD COLUMN document_id uuid REFERENCES document,
    ADD COLUMN incoming_document_id uuid REFERENCES incoming_document,
    DROP CONSTRAINT attachment_owner_check,
    ADD CONSTRAINT attachment_owner_check
        CHECK (num_nonnulls(report_id, measurement_id, document_id, incoming_document_id) = 1),
    -- What proves something is of its campaign.
    ADD CONSTRAINT attachment_campaign_check
        CHECK (campaign_id IS NOT NULL OR num_nonnulls(document_id, incoming_document_id) = 1);
CREATE INDEX attachment_document_idx ON attachment (document_id, id);
CREATE INDEX attachment_incoming_document_idx ON attachment (incoming_document_id, id);
-- One signed copy at most, whoever comes first.
CREATE UNIQUE INDEX attachment_signed_copy_key ON attachment (document_id) WHERE stage = 'ATTACHED';

-- As before, but for the signed copy, which comes and goes until the document has left the house, and is fixed then.
DROP TRIGGER issued_stays ON document;
CREATE TRIGGER issued_stays BEFORE UPDATE ON document FOR EACH ROW
    WHEN ((OLD.state - '{root,stage,affectedBy,signedCopy}'::text[])
              IS DISTINCT FROM (NEW.state - '{root,stage,affectedBy,signedCopy}'::text[])
          OR (OLD.stage = 'DISPATCHED' AND (OLD.state -> 'signedCopy') IS DISTINCT FROM (NEW.state -> 'signedCopy')))
    EXECUTE FUNCTION issued_stays();

-- As before, and for what stands beside the registers. Without a campaign there is none to lock: the row of the entry is.
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
        WHEN 'document' THEN SELECT d.campaign_id INTO campaign FROM document d WHERE d.id = object;
        WHEN 'incomingDocument' THEN campaign := NULL;
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
