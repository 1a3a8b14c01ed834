-- name: agreements
-- Agreements with their status on :day, one row each, by reference. Without :few they are read along the index by
-- reference (`|| ''` keeps the planner from the one by status), so that the first rows cost the same in any database.
SELECT a.id, a.ref, a.title, a.kind, s.status, coalesce(s.from_day, 'unknown') AS since,
       (SELECT group_concat(label, char(31)) FROM (
            SELECT coalesce(p.acronym, p.name) AS label
            FROM participation x JOIN party p ON p.id = x.party_id
            WHERE x.agreement_id = a.id GROUP BY p.id ORDER BY min(x.position))) AS parties,
       (SELECT group_concat(code, char(31)) FROM (
            SELECT v.code FROM agreement_scope x JOIN scope_area v ON v.id = x.scope_id
            WHERE x.agreement_id = a.id ORDER BY x.position)) AS scopes,
       (SELECT group_concat(country, char(31)) FROM (
            SELECT x.country FROM agreement_country x WHERE x.agreement_id = a.id ORDER BY x.position)) AS countries,
       a.signed_text AS signed, a.in_force_text AS in_force,
-- include last_day_of_term
       AS ends,
       (SELECT min(day) FROM (
            SELECT min(c.due_on) AS day FROM occurrence c JOIN obligation o ON o.id = c.obligation_id
            WHERE o.agreement_id = a.id AND c.due_on >= :day
              AND (c.done_text IS NULL OR c.done_lower > :day)
              AND (c.waived_text IS NULL OR c.waived_lower > :day)
              AND (o.survives OR a.last_day IS NULL OR c.due_on <= a.last_day)
            UNION ALL
            SELECT min(m.on_day) FROM milestone m WHERE m.agreement_id = a.id AND m.on_day >= :day
            UNION ALL
            SELECT min(v.on_upper) FROM activity v
            WHERE v.agreement_id = a.id AND v.status = 'planned' AND v.on_upper >= :day)) AS next_deadline,
       r.name AS responsible, a.confidentiality
FROM agreement a
-- include standing_on_day
LEFT JOIN person r ON r.id = a.responsible_id
WHERE 1 = 1
-- include agreement_filters
  AND s.status || '' = :status  -- when status
  AND (r.name_key = :responsible OR replace(r.ref, '-', ' ') = :responsible)  -- when responsible
  AND (fold(a.title || ' ' || coalesce(a.summary, '') || ' ' || a.ref) LIKE :text ESCAPE '\'  -- when text
       OR EXISTS (SELECT 1 FROM participation x JOIN party p ON p.id = x.party_id  -- when text
                  WHERE x.agreement_id = a.id AND (p.name_key LIKE :text ESCAPE '\'  -- when text
                                                   OR p.acronym_key LIKE :text ESCAPE '\')))  -- when text
  AND EXISTS (  -- when overdue
      SELECT 1 FROM occurrence c JOIN obligation o ON o.id = c.obligation_id  -- when overdue
      WHERE o.agreement_id = a.id AND c.due_on < :day AND 'overdue' =  -- when overdue
-- include occurrence_state  -- when overdue
  )  -- when overdue
  AND EXISTS (  -- when until
      SELECT 1 FROM milestone m WHERE m.agreement_id = a.id AND m.on_day >= :day AND m.warn_day <= :until  -- when until
      UNION ALL  -- when until
      SELECT 1 FROM occurrence c JOIN obligation o ON o.id = c.obligation_id  -- when until
      WHERE o.agreement_id = a.id AND c.warn_on <= :until AND 'pending' =  -- when until
-- include occurrence_state  -- when until
  )  -- when until
ORDER BY a.ref
LIMIT :limit  -- when limit

-- fragment: status_on_day
-- The ids of agreements with status :status on :day, found from the standings that end last.
SELECT x.agreement_id AS id FROM standing x
WHERE x.status = :status AND x.to_day >= :day AND (x.from_day IS NULL OR x.from_day <= :day)
UNION ALL
SELECT x.agreement_id FROM standing x
WHERE x.status = :status AND x.to_day IS NULL AND (x.from_day IS NULL OR x.from_day <= :day)

-- name: few_of_status
-- The ids of agreements with this status on :day, :most at most.
-- include status_on_day
LIMIT :most

-- name: few_of_party
-- The ids of agreements that a party has part in, of its obligations, and of the activities it attended; :most at most.
SELECT x.agreement_id AS id FROM participation x WHERE x.party_id IN (
-- include party_named
)
UNION ALL
SELECT o.agreement_id FROM obligation_party x JOIN obligation o ON o.id = x.obligation_id WHERE x.party_id IN (
-- include party_named
)
UNION ALL
SELECT v.agreement_id FROM attendance x JOIN activity v ON v.id = x.activity_id WHERE x.party_id IN (
-- include party_named
)
LIMIT :most

-- name: few_of_scope
-- The ids of agreements with this scope area or one under it, on themselves, an obligation or an activity; :most at most.
SELECT x.agreement_id AS id FROM agreement_scope x WHERE x.scope_id IN (
-- include scopes_below
)
UNION ALL
SELECT o.agreement_id FROM obligation_scope x JOIN obligation o ON o.id = x.obligation_id WHERE x.scope_id IN (
-- include scopes_below
)
UNION ALL
SELECT v.agreement_id FROM activity_scope x JOIN activity v ON v.id = x.activity_id WHERE x.scope_id IN (
-- include scopes_below
)
LIMIT :most

-- name: few_of_country
-- The ids of agreements that apply in this country, :most at most.
SELECT x.agreement_id AS id FROM agreement_country x WHERE x.country = :country LIMIT :most

-- name: few_of_responsible
-- The ids of agreements that a person answers for, or for an obligation of theirs; :most at most.
SELECT a.id FROM person p JOIN agreement a ON a.responsible_id = p.id
WHERE p.name_key = :responsible OR p.ref = replace(:responsible, ' ', '-')
UNION ALL
SELECT o.agreement_id FROM person p JOIN obligation o ON o.responsible_id = p.id
WHERE p.name_key = :responsible OR p.ref = replace(:responsible, ' ', '-')
LIMIT :most
