-- Why: progress says where a target stood on an earlier day, which is one look into this index for each target that was
-- measured since; trends read it from end to end.

CREATE INDEX measurement_target_day_idx ON measurement (target_id, as_of, id);
