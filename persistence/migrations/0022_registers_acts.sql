-- Why: a document is sealed or signed for the agency, leaves the house, and later documents put it right, replace it or call it
-- back. None of that changes what was issued: the application may write where the document stands and what was done to it, and
-- nothing else.

ALTER TABLE document ADD COLUMN dispatch_due_before timestamptz;
GRANT UPDATE (version, stage, updated_at, state) ON document TO thidua_app;

CREATE FUNCTION issued_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was issued is never changed' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER issued_stays BEFORE UPDATE ON document FOR EACH ROW
    WHEN ((OLD.state - '{root,stage,affectedBy}'::text[]) IS DISTINCT FROM (NEW.state - '{root,stage,affectedBy}'::text[]))
    EXECUTE FUNCTION issued_stays();
