-- Why: what changed within some days is asked of the day on which values were recorded, not of the day for which they hold.
-- With this index it costs what was recorded in those days, however much was recorded before.

CREATE INDEX measurement_campaign_recorded_idx ON measurement (campaign_id, created_at);
