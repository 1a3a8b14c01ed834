-- The journal as people read it. What only follows from facts, and what only the program needs, is left out.

-- name: history
-- Each changed value, the last entry first: who, when, by which command, of what, before and after.
SELECT e.number AS entry, e.at, e.actor, e.command, e.undoes, r.ref, r.table_name AS what, r.row_key,
       CASE r.operation WHEN 'insert' THEN 'added' WHEN 'delete' THEN 'removed' ELSE 'changed' END AS change,
       v.key AS field,
       CASE r.operation WHEN 'insert' THEN NULL WHEN 'delete' THEN v.value ELSE json_extract(v.value, '$[0]') END
           AS before,
       CASE r.operation WHEN 'insert' THEN v.value WHEN 'delete' THEN NULL ELSE json_extract(v.value, '$[1]') END
           AS after,
       CASE r.table_name  -- which of several, as it is called today
           WHEN 'occurrence' THEN coalesce(
               (SELECT c.due_on FROM occurrence c WHERE c.id = CAST(r.row_key AS INTEGER)),
               json_extract(r.payload, '$.due_on'))
           WHEN 'provision' THEN coalesce(
               (SELECT c.kind FROM provision c WHERE c.id = CAST(r.row_key AS INTEGER)),
               json_extract(r.payload, '$.kind'))
           WHEN 'participation' THEN (
               SELECT coalesce(p.acronym, p.name) FROM party p WHERE p.id = coalesce(
                   (SELECT c.party_id FROM participation c WHERE c.id = CAST(r.row_key AS INTEGER)),
                   json_extract(r.payload, '$.party_id')))
           WHEN 'attendance' THEN (
               SELECT coalesce(p.acronym, p.name) FROM party p WHERE p.id = coalesce(
                   (SELECT c.party_id FROM attendance c WHERE c.id = CAST(r.row_key AS INTEGER)),
                   json_extract(r.payload, '$.party_id')))
       END AS which
FROM journal_row r
JOIN journal_entry e ON e.number = r.entry
JOIN json_each(r.payload) v
WHERE r.operation <> 'erase'
  AND r.table_name NOT IN ('sqlite_schema', 'alembic_version', 'reference', 'standing', 'term', 'milestone',
                           'kept_file', 'file_page', 'file_clause')
  AND (r.ref = :ref OR (r.ref > :ref || '/' AND r.ref < :ref || '0'))  -- when ref
  AND r.entry = :entry  -- when entry
  AND e.at >= :since  -- when since
  AND e.actor = :actor  -- when actor
  AND v.key NOT IN ('id', 'agreement_id', 'obligation_id', 'position', 'number', 'ref', 'key', 'builtin')
  AND v.key NOT LIKE '%\_key' ESCAPE '\'
  AND v.key NOT LIKE '%\_lower' ESCAPE '\'
  AND v.key NOT LIKE '%\_upper' ESCAPE '\'
  AND v.key NOT IN ('signed_text', 'in_force_text', 'in_force_on', 'last_day', 'derived_until', 'waits_for', 'because')
  AND NOT (r.table_name = 'occurrence' AND v.key IN ('due_on', 'warn_on'))
  AND NOT (r.table_name IN ('attendance', 'activity_scope') AND v.key = 'activity_id')
  AND NOT (r.table_name = 'scope_area' AND json_extract(r.payload, '$.builtin') = 1)
ORDER BY r.entry DESC, r.position, v.id

-- name: history_names
-- What the numbers in changed values stand for.
SELECT 'party_id' AS field, p.id, coalesce(p.acronym, p.name) AS name FROM party p
UNION ALL SELECT 'part_of_id', p.id, coalesce(p.acronym, p.name) FROM party p
UNION ALL SELECT 'person_id', p.id, p.name FROM person p
UNION ALL SELECT 'signatory_id', p.id, p.name FROM person p
UNION ALL SELECT 'responsible_id', p.id, p.name FROM person p
UNION ALL SELECT 'scope_id', s.id, s.code FROM scope_area s
UNION ALL SELECT 'parent_id', s.id, s.code FROM scope_area s
UNION ALL SELECT 'activity_id', x.id, a.ref || '/A' || x.number FROM activity x JOIN agreement a ON a.id = x.agreement_id

-- name: journal_head
-- How many entries there are, and the hash of the last one.
SELECT number AS count, hash FROM journal_entry ORDER BY number DESC LIMIT 1
