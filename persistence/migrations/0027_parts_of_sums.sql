-- Why: villages are merged. What a rule sums must follow who counts on the last day of the period, as roll-ups do: that is the
-- domain's answer, for which it asks whose each value is and of which day. The function only finds the values, as before.

DROP FUNCTION measured_until(uuid, text[], date);

-- What units measured last, up to a day, of the targets of these codes. It runs as the owner, since who reports the whole
-- does not see the rows of the others; the rule answers whether the sum is right and not what it is.
CREATE FUNCTION measured_until(campaign uuid, codes text[], until date)
    RETURNS TABLE (unit_id uuid, target_code text, unit_type text, as_of date, value jsonb)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT t.unit_id, t.code, u.type, last.as_of, last.value
    FROM target t
    JOIN unit u ON u.id = t.unit_id
    CROSS JOIN LATERAL (
        SELECT m.as_of, m.state::jsonb -> 'value' AS value FROM measurement m
        WHERE m.target_id = t.id AND m.as_of <= until ORDER BY m.as_of DESC, m.id DESC LIMIT 1) AS last
    WHERE t.campaign_id = campaign AND t.stage = 'ACTIVE' AND t.code = ANY (codes)
$$;
REVOKE ALL ON FUNCTION measured_until FROM PUBLIC;
GRANT EXECUTE ON FUNCTION measured_until TO thidua_app;
