-- Progress by task as it would be without what a target's row keeps: of each target the latest measurement, and the latest
-- up to the day that it is compared with.
SELECT t.task_code, count(*), count(now.value), count(*) FILTER (WHERE now.reached), count(earlier.value), count(*) FILTER (WHERE earlier.reached)
FROM target t
LEFT JOIN LATERAL (
    SELECT m.state::jsonb -> 'value' AS value, (m.state::jsonb ->> 'reached')::boolean AS reached
    FROM measurement m WHERE m.target_id = t.id ORDER BY m.as_of DESC, m.id DESC LIMIT 1) now ON true
LEFT JOIN LATERAL (
    SELECT m.state::jsonb -> 'value' AS value, (m.state::jsonb ->> 'reached')::boolean AS reached
    FROM measurement m WHERE m.target_id = t.id AND m.as_of <= date '{day}' ORDER BY m.as_of DESC, m.id DESC LIMIT 1) earlier ON true
WHERE t.campaign_id = '{campaign}' AND t.stage = 'ACTIVE' GROUP BY t.task_code;
