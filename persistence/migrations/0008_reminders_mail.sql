-- Why: who wants reminders by e-mail too says where to. An address is personal data: it stands in this table alone, no
-- event, version or log has it, and letters are addressed when they are sent, so that there is no second copy.

CREATE TABLE mail_address (
    principal_id uuid PRIMARY KEY REFERENCES principal,
    address text NOT NULL,
    updated_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
GRANT SELECT, INSERT, UPDATE, DELETE ON mail_address TO thidua_app;

-- One letter for each notification of somebody who has an address, made with it; it goes when the notification goes. Its
-- times are those of the real clock: a mail server knows no other.
CREATE TABLE mail (
    notification_id uuid PRIMARY KEY REFERENCES notification ON DELETE CASCADE,
    principal_id uuid NOT NULL REFERENCES principal,
    queued_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    attempts integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    next_attempt_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    sent_at timestamptz,
    given_up_at timestamptz,
    -- A code, never what a server said: servers repeat addresses.
    failure text,
    CHECK (sent_at IS NULL OR given_up_at IS NULL)
);
CREATE INDEX mail_principal_idx ON mail (principal_id);
CREATE INDEX mail_waiting_idx ON mail (next_attempt_at) WHERE sent_at IS NULL AND given_up_at IS NULL;
CREATE INDEX mail_given_up_idx ON mail (notification_id) WHERE given_up_at IS NOT NULL;
GRANT SELECT, INSERT, UPDATE, DELETE ON mail TO thidua_app;
