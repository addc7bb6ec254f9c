-- Why: the way in which documents are numbered is set by the head of each agency and is data: a series of an issuer and a
-- type, or of all its types that have none, with numbers that the system gives or that the clerk types. The outgoing register
-- is a list now: in the order of its numbers, found by the words of its subjects. Not every document belongs to a campaign.

CREATE TABLE document_series (
    id uuid PRIMARY KEY,
    version bigint NOT NULL CHECK (version > 0),
    stage text NOT NULL,
    issuer_unit_id uuid NOT NULL REFERENCES unit,
    -- Absent for all types of the issuer that have no series of their own.
    type text,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    state jsonb NOT NULL
);
CREATE UNIQUE INDEX document_series_active_key ON document_series (issuer_unit_id, (coalesce(type, ''))) WHERE stage = 'ACTIVE';
CREATE INDEX document_series_issuer_idx ON document_series (issuer_unit_id, id);
GRANT SELECT, INSERT, UPDATE ON document_series TO thidua_app;

ALTER TABLE document
    ALTER COLUMN campaign_id DROP NOT NULL,
    ADD COLUMN series_id uuid REFERENCES document_series,
    ADD COLUMN folded_subject text,
    -- The order of the register.
    ADD COLUMN place bigint NOT NULL GENERATED ALWAYS AS (year::bigint * 1000000 + number) STORED;
-- As the application folds: without accents, in lower case, "đ" as "d".
UPDATE document SET folded_subject =
    lower(translate(regexp_replace(normalize(state ->> 'subject', NFD), U&'[\0300-\036F]', '', 'g'), 'Đđ', 'dd'));
ALTER TABLE document ALTER COLUMN folded_subject SET NOT NULL;
-- A series can be of several types: a number is used once in it too.
CREATE UNIQUE INDEX document_series_number_key ON document (series_id, year, number);
CREATE INDEX document_place_idx ON document (place, id);
