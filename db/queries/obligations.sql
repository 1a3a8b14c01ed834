-- fragment: obligation_filters
-- Conditions on obligation `o` of agreement `a`, its standing `s` and the person `r` who is responsible for it.
-- include agreement_chosen
  AND o.number = :number  -- when number
  AND o.kind = :kind  -- when kind
  AND s.status || '' = :status  -- when status
  AND EXISTS (SELECT 1 FROM obligation_party y WHERE y.obligation_id = o.id AND y.party_id IN (  -- when party
-- include party_named  -- when party
  ))  -- when party
  AND (r.name_key = :responsible OR replace(r.ref, '-', ' ') = :responsible)  -- when responsible
  AND (EXISTS (SELECT 1 FROM obligation_scope y WHERE y.obligation_id = o.id AND y.scope_id IN (  -- when scope
-- include scopes_below  -- when scope
       )) OR EXISTS (SELECT 1 FROM agreement_scope y WHERE y.agreement_id = a.id AND y.scope_id IN (  -- when scope
-- include scopes_below  -- when scope
       )) AND NOT EXISTS (SELECT 1 FROM obligation_scope y WHERE y.obligation_id = o.id))  -- when scope
  AND fold(o.text || ' ' || coalesce(o.clause, '') || ' ' || a.title) LIKE :text ESCAPE '\'  -- when text

-- fragment: obligation_first
-- What a listing shows of obligation `o` of agreement `a` before its next due date.
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
       o.due,

-- fragment: obligation_then
-- And after its state; the tables all of it is read from but for the obligation.
       o.waits_for, o.survives, r.name AS responsible, a.confidentiality, o.number AS place_in_order

-- fragment: states
-- Every due date of obligation `o` with its state on :day.
(SELECT c.due_on,
-- include occurrence_state
 AS state FROM occurrence c WHERE c.obligation_id = o.id AND c.due_on IS NOT NULL)

-- fragment: obligation_next
-- Obligations with the due date `c` that is next: the first on which something is still owed on :day; which due dates
-- are looked at follows it.
-- include obligation_first
       c.due_on AS next_due, CASE WHEN c.due_on < :day THEN 'overdue' ELSE 'pending' END AS state,
       (SELECT sum(state = 'overdue') FROM
-- include states
       ) AS overdue,
       (SELECT sum(state = 'fulfilled') FROM
-- include states
       ) AS fulfilled,
-- include obligation_then
FROM occurrence c
JOIN obligation o ON o.id = c.obligation_id
JOIN agreement a ON a.id = o.agreement_id
-- include standing_on_day
LEFT JOIN person r ON r.id = coalesce(o.responsible_id, a.responsible_id)
WHERE c.due_on = (SELECT min(due_on) FROM
-- include states
      WHERE state IN ('overdue', 'pending'))
-- include obligation_filters
  AND c.due_on < :day  -- when overdue
  AND c.warn_on <= :until  -- when until
  AND CASE WHEN c.due_on < :day THEN 'overdue' ELSE 'pending' END = :state  -- when state

-- fragment: state_without_next
-- The state of obligation `o` on :day where nothing is owed any more, or not yet.
(SELECT CASE WHEN count(*) = 0 AND o.waits_for IS NULL THEN 'ongoing' WHEN count(*) = 0 THEN 'pending'
             WHEN sum(state = 'lapsed') > 0 THEN 'lapsed' WHEN sum(state = 'fulfilled') > 0 THEN 'fulfilled'
             ELSE 'waived' END FROM
-- include states
)

-- name: obligations
-- Obligations with their state on :day: overdue when any due date is, else pending, lapsed, fulfilled, waived.
-- Those with something still owed are read along the index of open due dates; the others follow, by reference.
-- include obligation_next
  AND c.done_text IS NULL AND c.waived_text IS NULL
  AND c.due_on <= :until  -- when until
UNION ALL
-- include obligation_next
  AND c.id IN (
-- include open_besides
  )
ORDER BY 11, 2, 19
LIMIT :limit  -- when limit
-- then
-- include obligation_first
       NULL AS next_due,
-- include state_without_next
       AS state,
       0 AS overdue,
       coalesce((SELECT sum(state = 'fulfilled') FROM
-- include states
       ), 0) AS fulfilled,
-- include obligation_then
FROM obligation o
JOIN agreement a ON a.id = o.agreement_id
-- include standing_on_day
LEFT JOIN person r ON r.id = coalesce(o.responsible_id, a.responsible_id)
WHERE NOT EXISTS (SELECT 1 FROM
-- include states
      WHERE state IN ('overdue', 'pending'))
-- include obligation_filters
  AND :overdue IS NULL  -- when overdue
  AND :until IS NULL  -- when until
  AND :state =  -- when state
-- include state_without_next  -- when state
ORDER BY a.ref, o.number
LIMIT :limit  -- when limit

-- fragment: due_date_listed
-- What a listing shows of due date `c`, and the filters; which due dates are looked at follows it.
SELECT a.ref || '/O' || o.number AS ref, a.ref AS agreement, o.text, c.due_on,
-- include occurrence_state
       AS state,
       c.done_text AS done_on, c.evidence,
       CASE WHEN v.id IS NOT NULL THEN a.ref || '/A' || v.number END AS by_activity,
       (SELECT group_concat(a.ref || '/D' || d.number, char(31)) FROM document d
        WHERE d.agreement_id = a.id AND d.of_part = 'O' || o.number || coalesce(':' || c.due_on, '')) AS documents,
       c.waived_text AS waived_on, c.waived_reason, r.name AS responsible,
       CAST(julianday(c.due_on) - julianday(:day) AS INTEGER) AS days_left, a.confidentiality,
       o.number AS place_in_order
FROM occurrence c
JOIN obligation o ON o.id = c.obligation_id
JOIN agreement a ON a.id = o.agreement_id
-- include standing_on_day
LEFT JOIN activity v ON v.id = c.activity_id
LEFT JOIN person r ON r.id = coalesce(o.responsible_id, a.responsible_id)
WHERE 1 = 1
-- include obligation_filters
  AND c.warn_on <= :until  -- when until
  AND :state =  -- when state
-- include occurrence_state  -- when state
  AND 'overdue' =  -- when overdue
-- include occurrence_state  -- when overdue
  AND  -- when until
-- include occurrence_state  -- when until
  IN ('overdue', 'pending')  -- when until

-- name: occurrences
-- Due dates of obligations with their state on :day, by day. The filters are those of obligations.
-- Open ones and settled ones are each read along an index by their day, and merged; those on no day follow.
-- include due_date_listed
  AND c.done_text IS NULL AND c.waived_text IS NULL AND c.due_on IS NOT NULL
  AND c.due_on < :day  -- when overdue
UNION ALL
-- include due_date_listed
  AND (c.done_text IS NOT NULL OR c.waived_text IS NOT NULL) AND c.due_on IS NOT NULL
  AND c.id IN (  -- when overdue
-- include open_besides  -- when overdue
  )  -- when overdue
ORDER BY 4, 2, 15
LIMIT :limit  -- when limit
-- then
-- include due_date_listed
  AND c.done_text IS NULL AND c.waived_text IS NULL AND c.due_on IS NULL
UNION ALL
-- include due_date_listed
  AND (c.done_text IS NOT NULL OR c.waived_text IS NOT NULL) AND c.due_on IS NULL
ORDER BY 2, 15
LIMIT :limit  -- when limit
