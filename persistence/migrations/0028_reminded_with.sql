-- Why: Văn phòng reminds units with a letter of the outgoing register, and who is reminded with a document reads it, with its
-- signed copy. The units stand with the document: whom it was shown to once sees it for ever.

ALTER TABLE document ADD COLUMN shown_to uuid[] NOT NULL DEFAULT '{}';
CREATE INDEX document_shown_to_idx ON document USING gin (shown_to);
GRANT UPDATE (shown_to) ON document TO thidua_app;

-- As before, but for the units, which only ever become more.
DROP TRIGGER issued_stays ON document;
CREATE TRIGGER issued_stays BEFORE UPDATE ON document FOR EACH ROW
    WHEN ((OLD.state - '{root,stage,affectedBy,signedCopy,shownTo}'::text[])
              IS DISTINCT FROM (NEW.state - '{root,stage,affectedBy,signedCopy,shownTo}'::text[])
          OR (OLD.stage = 'DISPATCHED' AND (OLD.state -> 'signedCopy') IS DISTINCT FROM (NEW.state -> 'signedCopy'))
          OR NOT (OLD.shown_to <@ NEW.shown_to))
    EXECUTE FUNCTION issued_stays();

-- The signed copy is the issuer's; beside its own files a unit reads those of what it was reminded with. It may lock such a row,
-- as every command does before it is refused, and writes none.
DO $$
DECLARE
    shown constant text := $shown$
        document_id IS NOT NULL AND EXISTS (
            SELECT FROM document d WHERE d.id = attachment.document_id
            AND d.shown_to && (SELECT (CASE WHEN current_setting('app.scope', true) IN ('', '*') THEN '{}'
                                            ELSE current_setting('app.scope', true) END)::uuid[])) $shown$;
BEGIN
    EXECUTE format('CREATE POLICY shown_scope ON attachment FOR SELECT USING (%s)', shown);
    EXECUTE format('CREATE POLICY shown_lock ON attachment FOR UPDATE USING (%s) WITH CHECK (false)', shown);
END $$;
