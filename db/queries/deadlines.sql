-- name: deadlines
-- What is owed or happens up to :until as seen on :day: open due dates, milestones ahead, activities without a
-- result. A due date known only as a range counts from its first day and falls due on its last.
SELECT d."on", d.kind, d.ref, d.agreement, d.title, d.what, d.state, d.responsible,
       CAST(julianday(d."on") - julianday(:day) AS INTEGER) AS days_left, a.confidentiality
FROM (
    SELECT c.due_on AS "on", 'obligation' AS kind, a.ref || '/O' || o.number AS ref, a.ref AS agreement, a.title,
           o.text AS what,
-- include occurrence_state
           AS state,
           coalesce(r.name, l.name) AS responsible, coalesce(r.name_key, l.name_key) AS responsible_key,
           coalesce(r.ref, l.ref) AS responsible_ref, c.warn_on AS warn, a.id AS agreement_id
    FROM occurrence c
    JOIN obligation o ON o.id = c.obligation_id
    JOIN agreement a ON a.id = o.agreement_id
    LEFT JOIN person r ON r.id = o.responsible_id
    LEFT JOIN person l ON l.id = a.responsible_id AND o.responsible_id IS NULL
    WHERE c.warn_on <= :until
      AND (o.survives OR a.last_day IS NULL OR c.due_on <= a.last_day)
    UNION ALL
    SELECT m.on_day, m.kind, a.ref, a.ref, a.title,
           CASE m.kind
               WHEN 'notice' THEN 'last day to give notice before term ' || (m.term + 1)
               WHEN 'renewal' THEN 'renews by itself for term ' || m.term
               WHEN 'expiry' THEN 'expires: last day of term ' || m.term
               ELSE CASE WHEN a.kind IN ('memorandum-of-understanding', 'letter-of-intent')
                         THEN 'comes into effect' ELSE 'enters into force' END
           END,
           'pending', l.name, l.name_key, l.ref, m.warn_day, a.id
    FROM milestone m
    JOIN agreement a ON a.id = m.agreement_id
    LEFT JOIN person l ON l.id = a.responsible_id
    WHERE m.warn_day <= :until AND m.on_day >= :day
    UNION ALL
    SELECT coalesce(v.until_upper, v.on_upper), 'activity', a.ref || '/A' || v.number, a.ref, a.title, v.title,
           CASE WHEN coalesce(v.until_upper, v.on_upper) < :day THEN 'without-result' ELSE 'planned' END,
           l.name, l.name_key, l.ref, v.on_lower, a.id
    FROM activity v
    JOIN agreement a ON a.id = v.agreement_id
    LEFT JOIN person l ON l.id = a.responsible_id
    WHERE v.status IN ('planned', 'postponed') AND v.on_lower <= :until
) d
JOIN agreement a ON a.id = d.agreement_id
-- include standing_on_day
WHERE d.state IN ('overdue', 'pending', 'planned', 'without-result')
-- include agreement_filters
  AND d.kind = :deadline  -- when deadline
  AND s.status = :status  -- when status
  AND (d.responsible_key = :responsible OR replace(d.responsible_ref, '-', ' ') = :responsible)  -- when responsible
  AND d.state IN ('overdue', 'without-result')  -- when overdue
  AND a.id IN (SELECT x.agreement_id FROM agreement_scope x WHERE x.scope_id IN (  -- when scope
-- include scopes_below  -- when scope
  ))  -- when scope
  AND fold(d.what || ' ' || d.title) LIKE :text ESCAPE '\'  -- when text
ORDER BY d."on", d.ref, d.kind
