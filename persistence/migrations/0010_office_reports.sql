-- Why: beside the report to the city stand those of Văn phòng to the committee of the commune, and lists tell them apart by
-- their kind. Everything that is there was made for the city. They hold figures of every unit, so that none is the paper of
-- one: they are guarded by the policy of the domain alone, as before.

ALTER TABLE consolidated_report ADD COLUMN kind text NOT NULL DEFAULT 'CITY_FINAL';
ALTER TABLE consolidated_report ALTER COLUMN kind DROP DEFAULT;
