-- Why: progress counts tens of thousands of targets, as they stand now and as they stood on an earlier day. Each row says
-- for itself since when its target is measured and on which days it was reached, kept in the transaction that measures it,
-- so that counting looks into no measurement. "Reached" is the domain's answer, recorded with the measurement.

ALTER TABLE target
    ADD COLUMN measured_from date,
    ADD COLUMN reached_days datemultirange;

-- What was measured before this migration does not say whether it reached its target: those are read one by one.
UPDATE target SET measured_from = (SELECT min(m.as_of) FROM measurement m WHERE m.target_id = target.id);
UPDATE target SET reached_days = '{}' WHERE measured_from IS NULL;
ALTER TABLE target ALTER COLUMN reached_days SET DEFAULT '{}';

-- A target that asks for something else than before was perhaps reached on other days: it is read one by one from then on.
CREATE FUNCTION forget_reached_days() RETURNS trigger LANGUAGE plpgsql SET search_path TO 'public', 'pg_temp' AS $$
BEGIN
    NEW.reached_days := CASE WHEN NEW.measured_from IS NULL THEN '{}'::datemultirange END;
    RETURN NEW;
END $$;
CREATE TRIGGER target_asks_anew BEFORE UPDATE OF state ON target FOR EACH ROW
    WHEN (OLD.state -> 'measure' IS DISTINCT FROM NEW.state -> 'measure')
    EXECUTE FUNCTION forget_reached_days();
