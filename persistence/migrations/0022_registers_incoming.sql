-- Why: what arrives gets a number of the receiver's own book, year by year without a gap, beside the symbol of its sender. An
-- entry can be put right by an act that keeps what it said before; its number and its book stay.

CREATE TABLE incoming_document (
    id uuid PRIMARY KEY,
    version bigint NOT NULL CHECK (version > 0),
    stage text NOT NULL,
    receiver_unit_id uuid NOT NULL REFERENCES unit,
    year integer NOT NULL,
    number integer NOT NULL CHECK (number > 0),
    arrived_on date NOT NULL,
    dated_on date NOT NULL,
    -- By what the same document is recognised; a village writes no symbol.
    folded_sender text NOT NULL,
    symbol text,
    folded_subject text NOT NULL,
    -- The order of the register.
    place bigint NOT NULL GENERATED ALWAYS AS (year::bigint * 1000000 + number) STORED,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    state jsonb NOT NULL,
    CONSTRAINT incoming_document_number_key UNIQUE (receiver_unit_id, year, number)
);
CREATE UNIQUE INDEX incoming_document_symbol_key ON incoming_document (receiver_unit_id, folded_sender, symbol, dated_on)
    WHERE symbol IS NOT NULL;
CREATE INDEX incoming_document_place_idx ON incoming_document (place, id);
GRANT SELECT, INSERT, UPDATE ON incoming_document TO thidua_app;

-- Neither the number nor the book of an entry is ever changed.
CREATE FUNCTION incoming_number_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an entry of the incoming register keeps its number and its book' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER incoming_number_stays BEFORE UPDATE ON incoming_document FOR EACH ROW
    WHEN ((OLD.receiver_unit_id, OLD.year, OLD.number) IS DISTINCT FROM (NEW.receiver_unit_id, NEW.year, NEW.number))
    EXECUTE FUNCTION incoming_number_stays();
