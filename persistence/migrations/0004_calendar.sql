-- Why: the working calendar is data. Weekends need no row; each row is a day on which the calendar is not what the week
-- says, with what says so and when that was decided.

CREATE TABLE calendar_day (
    id uuid PRIMARY KEY,
    version bigint NOT NULL CHECK (version > 0),
    stage text NOT NULL,
    day date NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    state jsonb NOT NULL
);
-- One exception a day holds; what was withdrawn stays readable beside it.
CREATE UNIQUE INDEX calendar_day_key ON calendar_day (day) WHERE stage = 'IN_FORCE';
CREATE INDEX calendar_day_day_idx ON calendar_day (day);
GRANT SELECT, INSERT, UPDATE ON calendar_day TO thidua_app;

-- A schedule that was carried out: the record of why the deadlines of its periods are what they are. It never changes.
CREATE TABLE period_schedule (
    id uuid PRIMARY KEY,
    version bigint NOT NULL CHECK (version > 0),
    stage text NOT NULL,
    campaign_id uuid NOT NULL REFERENCES campaign,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    state jsonb NOT NULL
);
CREATE INDEX period_schedule_campaign_idx ON period_schedule (campaign_id, id);
GRANT SELECT, INSERT ON period_schedule TO thidua_app;
