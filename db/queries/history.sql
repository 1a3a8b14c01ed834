-- The journal as people read it. What only follows from facts, and what only the program needs, is left out.

-- name: history
-- Each changed value, the last entry first: who, when, by which command, of what, before and after. Entries and their
-- rows are read in this order, and json_each gives the values of a row in the order in which they stand there, so that
-- the first ones need not wait for those of an import.
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
FROM journal_entry e
JOIN journal_row r ON r.entry = e.number
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
ORDER BY e.number DESC, r.position

-- name: history_name
-- What the number :id stands for in a changed value of this field.
SELECT CASE
    WHEN :field IN ('party_id', 'part_of_id') THEN (SELECT coalesce(p.acronym, p.name) FROM party p WHERE p.id = :id)
    WHEN :field IN ('person_id', 'signatory_id', 'responsible_id') THEN (SELECT p.name FROM person p WHERE p.id = :id)
    WHEN :field IN ('scope_id', 'parent_id') THEN (SELECT s.code FROM scope_area s WHERE s.id = :id)
    WHEN :field = 'activity_id' THEN (
        SELECT a.ref || '/A' || x.number FROM activity x JOIN agreement a ON a.id = x.agreement_id WHERE x.id = :id)
END AS name

-- name: journal_head
-- How many entries there are, and the hash of the last one.
SELECT number AS count, hash FROM journal_entry ORDER BY number DESC LIMIT 1
