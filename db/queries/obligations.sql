-- name: obligations
-- Obligations with their state on :day: overdue when any due date is, else pending, lapsed, fulfilled, waived.
WITH dated AS (
    SELECT c.obligation_id, c.due_on, c.warn_on,
-- include occurrence_state
           AS state
    FROM occurrence c
    JOIN obligation o ON o.id = c.obligation_id
    JOIN agreement a ON a.id = o.agreement_id
    WHERE c.due_on IS NOT NULL
      AND lower(a.ref) = lower(:agreement)  -- when agreement
),
summed AS (
    SELECT obligation_id,
           min(CASE WHEN state IN ('overdue', 'pending') THEN due_on END) AS next_due,
           min(CASE WHEN state IN ('overdue', 'pending') THEN warn_on END) AS warn_on,
           sum(state = 'overdue') AS overdue, sum(state = 'pending') AS pending,
           sum(state = 'lapsed') AS lapsed, sum(state = 'fulfilled') AS fulfilled
    FROM dated GROUP BY obligation_id
),
stated AS (
    SELECT o.id,
           CASE
               WHEN u.obligation_id IS NULL AND o.waits_for IS NOT NULL THEN 'pending'
               WHEN u.obligation_id IS NULL THEN 'ongoing'
               WHEN u.overdue > 0 THEN 'overdue'
               WHEN u.pending > 0 THEN 'pending'
               WHEN u.lapsed > 0 THEN 'lapsed'
               WHEN u.fulfilled > 0 THEN 'fulfilled'
               ELSE 'waived'
           END AS state,
           u.next_due, u.warn_on, coalesce(u.overdue, 0) AS overdue, coalesce(u.fulfilled, 0) AS fulfilled
    FROM obligation o LEFT JOIN summed u ON u.obligation_id = o.id
)
SELECT a.ref || '/O' || o.number AS ref, a.ref AS agreement, a.title, o.text, o.kind, o.clause,
       (SELECT group_concat(label, char(31)) FROM (
            SELECT coalesce(p.acronym, p.name) AS label FROM obligation_party x JOIN party p ON p.id = x.party_id
            WHERE x.obligation_id = o.id AND x.side = 'owed-by' ORDER BY x.position)) AS owed_by,
       (SELECT group_concat(label, char(31)) FROM (
            SELECT coalesce(p.acronym, p.name) AS label FROM obligation_party x JOIN party p ON p.id = x.party_id
            WHERE x.obligation_id = o.id AND x.side = 'owed-to' ORDER BY x.position)) AS owed_to,
       (SELECT group_concat(code, char(31)) FROM (
            SELECT v.code FROM obligation_scope x JOIN scope_area v ON v.id = x.scope_id
            WHERE x.obligation_id = o.id ORDER BY x.position)) AS scopes,
       o.due, d.next_due, d.state, d.overdue, d.fulfilled, o.waits_for, o.survives,
       coalesce(r.name, l.name) AS responsible, a.confidentiality
FROM obligation o
JOIN stated d ON d.id = o.id
JOIN agreement a ON a.id = o.agreement_id
-- include standing_on_day
LEFT JOIN person r ON r.id = o.responsible_id
LEFT JOIN person l ON l.id = a.responsible_id AND o.responsible_id IS NULL
WHERE 1 = 1
  AND lower(a.ref) = lower(:agreement)  -- when agreement
  AND o.number = :number  -- when number
  AND o.kind = :kind  -- when kind
  AND s.status = :status  -- when status
  AND d.state = :state  -- when state
  AND d.overdue > 0  -- when overdue
  AND d.warn_on <= :until  -- when until
  AND EXISTS (SELECT 1 FROM agreement_country y WHERE y.agreement_id = a.id AND y.country = :country)  -- when country
  AND o.id IN (SELECT x.obligation_id FROM obligation_party x WHERE x.party_id IN (  -- when party
-- include party_named  -- when party
  ))  -- when party
  AND (r.name_key = :responsible OR l.name_key = :responsible  -- when responsible
       OR replace(coalesce(r.ref, l.ref), '-', ' ') = :responsible)  -- when responsible
  AND (o.id IN (SELECT x.obligation_id FROM obligation_scope x WHERE x.scope_id IN (  -- when scope
-- include scopes_below  -- when scope
       )) OR a.id IN (SELECT x.agreement_id FROM agreement_scope x WHERE x.scope_id IN (  -- when scope
-- include scopes_below  -- when scope
       ) AND NOT EXISTS (SELECT 1 FROM obligation_scope z WHERE z.obligation_id = o.id)))  -- when scope
  AND fold(o.text || ' ' || coalesce(o.clause, '') || ' ' || a.title) LIKE :text ESCAPE '\'  -- when text
ORDER BY d.next_due IS NULL, d.next_due, a.ref, o.number

-- name: occurrences
-- Due dates of obligations with their state on :day, by day. The filters are those of obligations.
SELECT ref, agreement, text, due_on, state, done_on, evidence, by_activity, documents, waived_on, waived_reason,
       responsible, days_left, confidentiality
FROM (
    SELECT a.ref || '/O' || o.number AS ref, a.ref AS agreement, o.text, c.due_on, c.warn_on,
-- include occurrence_state
           AS state,
           c.done_text AS done_on, c.evidence,
           CASE WHEN v.id IS NOT NULL THEN a.ref || '/A' || v.number END AS by_activity,
           (SELECT group_concat(a.ref || '/D' || d.number, char(31)) FROM document d
            WHERE d.agreement_id = a.id AND d.of_part = 'O' || o.number || coalesce(':' || c.due_on, '')) AS documents,
           c.waived_text AS waived_on, c.waived_reason,
           coalesce(r.name, l.name) AS responsible,
           CAST(julianday(c.due_on) - julianday(:day) AS INTEGER) AS days_left, o.number, a.confidentiality
    FROM occurrence c
    JOIN obligation o ON o.id = c.obligation_id
    JOIN agreement a ON a.id = o.agreement_id
-- include standing_on_day
    LEFT JOIN activity v ON v.id = c.activity_id
    LEFT JOIN person r ON r.id = o.responsible_id
    LEFT JOIN person l ON l.id = a.responsible_id AND o.responsible_id IS NULL
    WHERE 1 = 1
      AND lower(a.ref) = lower(:agreement)  -- when agreement
      AND o.number = :number  -- when number
      AND o.kind = :kind  -- when kind
      AND s.status = :status  -- when status
      AND c.warn_on <= :until  -- when until
      AND EXISTS (SELECT 1 FROM agreement_country y WHERE y.agreement_id = a.id AND y.country = :country)  -- when country
      AND o.id IN (SELECT x.obligation_id FROM obligation_party x WHERE x.party_id IN (  -- when party
-- include party_named  -- when party
      ))  -- when party
      AND (r.name_key = :responsible OR l.name_key = :responsible  -- when responsible
           OR replace(coalesce(r.ref, l.ref), '-', ' ') = :responsible)  -- when responsible
      AND (o.id IN (SELECT x.obligation_id FROM obligation_scope x WHERE x.scope_id IN (  -- when scope
-- include scopes_below  -- when scope
           )) OR a.id IN (SELECT x.agreement_id FROM agreement_scope x WHERE x.scope_id IN (  -- when scope
-- include scopes_below  -- when scope
           ) AND NOT EXISTS (SELECT 1 FROM obligation_scope z WHERE z.obligation_id = o.id)))  -- when scope
      AND fold(o.text || ' ' || coalesce(o.clause, '') || ' ' || a.title) LIKE :text ESCAPE '\'  -- when text
)
WHERE 1 = 1
  AND state = :state  -- when state
  AND state = 'overdue'  -- when overdue
  AND state IN ('overdue', 'pending')  -- when until
ORDER BY due_on IS NULL, due_on, agreement, number
