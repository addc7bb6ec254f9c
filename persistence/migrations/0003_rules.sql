-- Why: validation rules of a campaign are data: made, read and retired as other things are. They belong to no unit, so that
-- they are guarded by the policy of the domain alone.

CREATE TABLE validation_rule (
    id uuid PRIMARY KEY,
    version bigint NOT NULL CHECK (version > 0),
    stage text NOT NULL,
    campaign_id uuid NOT NULL REFERENCES campaign,
    code text NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    state jsonb NOT NULL,
    CONSTRAINT validation_rule_code_key UNIQUE (campaign_id, code)
);
GRANT SELECT, INSERT, UPDATE ON validation_rule TO thidua_app;

-- What units measured last, up to a day, of the targets of these codes: the parts of a sum that a rule compares with the
-- whole. It runs as the owner, since who reports the whole does not see the rows of the others; it tells no more of them
-- than the rule needs, and the rule answers whether the sum is right and not what it is.
CREATE FUNCTION measured_until(campaign uuid, codes text[], until date)
    RETURNS TABLE (target_code text, unit_type text, value jsonb)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT t.code, u.state ->> 'type', last.value
    FROM target t
    JOIN unit u ON u.id = t.unit_id
    CROSS JOIN LATERAL (
        SELECT m.state::jsonb -> 'value' AS value FROM measurement m
        WHERE m.target_id = t.id AND m.as_of <= until ORDER BY m.as_of DESC, m.id DESC LIMIT 1) AS last
    WHERE t.campaign_id = campaign AND t.stage = 'ACTIVE' AND t.code = ANY (codes)
$$;
REVOKE ALL ON FUNCTION measured_until FROM PUBLIC;
GRANT EXECUTE ON FUNCTION measured_until TO thidua_app;
