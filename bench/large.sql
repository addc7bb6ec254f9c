-- A campaign of the size that the figures of a busy town are measured with: 200 units, 20,000 targets, 500,000
-- measurements, and an accepted report of each unit for the open period. Rows only, without versions and events: what is
-- measured reads none of them. Checks of keys are left out, since the identifiers of events are made up.
BEGIN;
SET LOCAL session_replication_role = replica;
SET LOCAL synchronous_commit = off;

CREATE TEMP TABLE a_unit ON COMMIT DROP AS
SELECT n, ('00000001-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid AS id, 'DV' || lpad(n::text, 3, '0') AS code
FROM generate_series(1, 200) n;

INSERT INTO unit (id, version, stage, code, type, folded_name, parent_id, created_at, updated_at, state, valid_from, faces, heritage)
SELECT a.id, 1, 'ACTIVE', a.code, 'VILLAGE', 'don vi ' || n, top.id, top.created_at, top.updated_at,
    top.state || jsonb_build_object('code', a.code, 'name', 'Đơn vị ' || n, 'type', 'VILLAGE', 'sample', true, 'parent', top.id,
        'root', top.state -> 'root' || jsonb_build_object('id', a.id, 'version', 1)),
    top.valid_from,
    jsonb_build_array(top.faces -> 0 || jsonb_build_object('name', 'Đơn vị ' || n, 'folded', 'don vi ' || n, 'parent', top.id)),
    '[]'
FROM a_unit a, (SELECT * FROM unit WHERE code = 'UBND') top;

CREATE TEMP TABLE a_target ON COMMIT DROP AS
SELECT a.id AS unit, k, c.id AS campaign,
    ('00000002-' || lpad(to_hex(a.n), 4, '0') || '-7000-8000-' || lpad(to_hex(k), 12, '0'))::uuid AS id,
    c.state #>> ARRAY['plan', 'tasks', ((a.n + k) % jsonb_array_length(c.state #> '{plan,tasks}'))::text, 'code'] AS task,
    CASE k % 3 WHEN 0 THEN '{"kind": "QUALITATIVE", "expected": "Không có trường hợp vi phạm."}'::jsonb
               ELSE '{"kind": "SHARE", "planned": "97", "direction": "AT_LEAST"}'::jsonb END AS measure
FROM a_unit a, generate_series(1, 100) k, campaign c;

CREATE TEMP TABLE a_value ON COMMIT DROP AS
SELECT t.*, d, date '2025-09-24' + d * 3 AS as_of,
    ('00000003-' || lpad(to_hex(d), 4, '0') || '-7000-' || substr(t.id::text, 10, 4) || '-' || right(t.id::text, 12))::uuid AS measurement,
    CASE k % 3 WHEN 0 THEN d > 12 ELSE 900 + d * 4 + k % 7 >= 970 END AS reached,
    CASE k % 3 WHEN 0 THEN jsonb_build_object('kind', 'QUALITATIVE', 'finding', 'Không có trường hợp vi phạm; đạt.', 'reached', d > 12)
               ELSE jsonb_build_object('kind', 'SHARE', 'numerator', (900 + d * 4 + k % 7)::text, 'denominator', '1000') END AS value
FROM a_target t, generate_series(1, 25) d;

INSERT INTO target (id, version, stage, campaign_id, unit_id, code, task_code, created_at, updated_at, state,
    restricted, current_id, current_as_of, current_value, measured_from, reached_days)
SELECT t.id, 1, 'ACTIVE', t.campaign, t.unit, 'CT' || t.k, t.task, '2025-09-19', '2025-09-19',
    jsonb_build_object('code', 'CT' || t.k, 'name', 'Chỉ tiêu đăng ký số ' || t.k, 'unit', t.unit, 'campaign', t.campaign,
        'topic', jsonb_build_object('task', t.task), 'origin', jsonb_build_object('kind', 'REGISTRATION', 'registration', t.unit),
        'measure', t.measure, 'restricted', false, 'root', jsonb_build_object('id', t.id, 'version', 1,
            'createdAt', '2025-09-19T02:00:00Z', 'updatedAt', '2025-09-19T02:00:00Z')),
    false, v.measurement, v.as_of, v.value, h.measured_from, h.reached_days
FROM a_target t
JOIN a_value v ON v.id = t.id AND v.d = 25
JOIN (SELECT id, min(as_of) AS measured_from,
             coalesce(range_agg(daterange(as_of, following)) FILTER (WHERE reached), '{}') AS reached_days
      FROM (SELECT id, as_of, reached, lead(as_of) OVER (PARTITION BY id ORDER BY as_of) AS following FROM a_value) day
      GROUP BY id) h ON h.id = t.id;

INSERT INTO measurement (id, version, stage, target_id, campaign_id, unit_id, event_id, as_of, created_at, updated_at, state)
SELECT measurement, 1, 'RECORDED', id, campaign, unit, measurement, as_of, as_of + interval '12 h', as_of + interval '12 h',
    jsonb_build_object('asOf', as_of, 'campaign', campaign, 'recordedBy', unit, 'target', id, 'unit', unit, 'value', value,
        'reached', reached, 'root', jsonb_build_object('id', measurement, 'version', 1,
            'createdAt', as_of || 'T05:00:00Z', 'updatedAt', as_of || 'T05:00:00Z'))::text
FROM a_value ORDER BY d, id;

-- The accepted report of a unit, once more for each of them.
INSERT INTO report (id, version, stage, campaign_id, period_id, unit_id, submitted_at, late, created_at, updated_at, state)
SELECT ('00000004' || right(a.id::text, 28))::uuid, r.version, r.stage, r.campaign_id, r.period_id, a.id, r.submitted_at, r.late,
    r.created_at, r.updated_at,
    replace(replace(r.state::text, r.id::text, '00000004' || right(a.id::text, 28)), r.unit_id::text, a.id::text)::jsonb
FROM a_unit a, (SELECT * FROM report WHERE stage = 'ACCEPTED' ORDER BY length(state::text) DESC LIMIT 1) r;
COMMIT;
VACUUM ANALYZE;
