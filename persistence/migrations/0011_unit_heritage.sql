-- Why: units are merged and split. Those who work for a unit read what its predecessors left from the day of the change on,
-- so that the scope of a checkout is made with the predecessors of the caller's units.

ALTER TABLE unit
    -- [{unit, since}]: every unit that ended and whose place it took or shares, those of earlier changes among them.
    ADD COLUMN heritage jsonb NOT NULL DEFAULT '[]';
ALTER TABLE unit ALTER COLUMN heritage DROP DEFAULT;
