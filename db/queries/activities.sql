-- name: activities
-- Follow-up activities with how many people attended, by day.
SELECT a.ref || '/A' || v.number AS ref, a.ref AS agreement, v.title, v.kind, v.on_text AS "on",
       v.until_text AS until, v.place, v.status,
       CASE WHEN v.status IN ('planned', 'postponed') AND coalesce(v.until_upper, v.on_upper) < :day
            THEN 'without-result' ELSE v.status END AS state,
       (SELECT sum(x.women) FROM attendance x WHERE x.activity_id = v.id) AS women,
       (SELECT sum(x.men) FROM attendance x WHERE x.activity_id = v.id) AS men,
       (SELECT sum(x.other) FROM attendance x WHERE x.activity_id = v.id) AS other,
       (SELECT sum(coalesce(x.women, 0) + coalesce(x.men, 0) + coalesce(x.other, 0) + coalesce(x.total, 0))
        FROM attendance x WHERE x.activity_id = v.id) AS people,
       (SELECT group_concat(code, char(31)) FROM (
            SELECT w.code FROM activity_scope x JOIN scope_area w ON w.id = x.scope_id
            WHERE x.activity_id = v.id ORDER BY x.position)) AS scopes,
       (SELECT group_concat(what, char(31)) FROM (
            SELECT a.ref || '/O' || o.number || coalesce(':' || c.due_on, '') AS what
            FROM occurrence c JOIN obligation o ON o.id = c.obligation_id
            WHERE c.activity_id = v.id ORDER BY o.number, c.due_on)) AS fulfils,
       a.confidentiality
FROM activity v
JOIN agreement a ON a.id = v.agreement_id
WHERE 1 = 1
-- include activity_filters
ORDER BY v.on_lower, a.ref, v.number
LIMIT :limit  -- when limit

-- name: attendances
-- Who attended, one row for each activity and party, by day. The filters are those of activities, which are read first
-- (`+` keeps the planner from beginning with the attendances), along the index by their day.
SELECT a.ref || '/A' || v.number AS ref, a.ref AS agreement, v.title, v.on_text AS "on", v.status,
       coalesce(p.acronym, p.name) AS party, x.women, x.men, x.other,
       coalesce(x.women, 0) + coalesce(x.men, 0) + coalesce(x.other, 0) + coalesce(x.total, 0) AS people,
       a.confidentiality
FROM activity v
JOIN attendance x ON x.activity_id = +v.id
JOIN agreement a ON a.id = v.agreement_id
JOIN party p ON p.id = x.party_id
WHERE 1 = 1
-- include activity_filters
ORDER BY v.on_lower, a.ref, v.number, x.position
LIMIT :limit  -- when limit

-- name: attendance
-- Who attended the activities of an agreement, by party.
SELECT v.number, coalesce(p.acronym, p.name) AS party, x.women, x.men, x.other, x.total
FROM attendance x
JOIN activity v ON v.id = x.activity_id
JOIN agreement a ON a.id = v.agreement_id
JOIN party p ON p.id = x.party_id
WHERE a.ref = :agreement
  AND v.number = :number  -- when number
ORDER BY v.number, x.position
