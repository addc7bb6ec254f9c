-- Why: a unit has its name, the unit above it and the body that manages it from a day on, and may end. Lists ask the
-- directory as it was on a day, so that what holds when stands beside the state, made from it with every save.

ALTER TABLE unit
    ADD COLUMN valid_from date,
    ADD COLUMN valid_before date,
    -- [{since, before, name, folded, parent, managingAuthority}]: by day, without gaps, the first from the first day on.
    ADD COLUMN faces jsonb;

UPDATE unit SET valid_from = (state ->> 'validFrom')::date, valid_before = (state ->> 'validBefore')::date,
    faces = jsonb_build_array(jsonb_strip_nulls(jsonb_build_object(
        'since', state -> 'validFrom', 'name', state -> 'name', 'folded', folded_name, 'parent', state -> 'parent')));

ALTER TABLE unit
    ALTER COLUMN valid_from SET NOT NULL,
    ALTER COLUMN faces SET NOT NULL,
    ADD CONSTRAINT unit_lives CHECK (valid_from < valid_before),
    -- A new unit and those that go under it are written by two statements; what matters is how it stands at the end.
    ALTER CONSTRAINT unit_parent_id_fkey DEFERRABLE INITIALLY DEFERRED;

-- The lock of the directory. Whoever enters a unit shares it; a reorganisation takes it alone, and after it the lock of
-- every campaign, since it decides who owes the reports to come and who may write. Campaigns are taken by their ids, and
-- nobody holds two of them otherwise, so that no circle of waiting comes of it.
CREATE FUNCTION take_directory(exclusive boolean) RETURNS uuid LANGUAGE plpgsql VOLATILE SET search_path = public, pg_temp AS $$
DECLARE
    campaign uuid;
BEGIN
    IF NOT exclusive THEN
        PERFORM pg_advisory_xact_lock_shared(hashtextextended('directory', 0));
        RETURN NULL;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('directory', 0));
    FOR campaign IN SELECT c.id FROM campaign c ORDER BY c.id LOOP
        PERFORM pg_advisory_xact_lock(hashtextextended(campaign::text, 0));
    END LOOP;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION take_directory FROM PUBLIC;
GRANT EXECUTE ON FUNCTION take_directory TO thidua_app;
