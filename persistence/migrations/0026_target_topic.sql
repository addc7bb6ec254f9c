-- Why: progress groups tens of thousands of targets by all that they are about. Taking that out of each target's state costs
-- more than all the counting, so the row says it in columns, as it says the task and the movement already; and the few
-- targets that are read one by one are found by indexes.

ALTER TABLE target
    ADD COLUMN project_code text,
    ADD COLUMN restricted boolean NOT NULL DEFAULT false;
UPDATE target SET project_code = state #>> '{topic,project}', restricted = (state ->> 'restricted')::boolean;
ALTER TABLE target ALTER COLUMN restricted DROP DEFAULT;

CREATE INDEX target_campaign_code_idx ON target (campaign_id, code);
CREATE INDEX target_read_alone_idx ON target (campaign_id) WHERE reached_days IS NULL;
