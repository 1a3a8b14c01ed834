-- fragment: deadline_filters
-- Conditions on the agreement `a` of a deadline, its standing `s` and the person `r` who is responsible for it.
-- include agreement_filters
  AND s.status = :status  -- when status
  AND (r.name_key = :responsible OR replace(r.ref, '-', ' ') = :responsible)  -- when responsible

-- fragment: due_date
-- The deadlines that are due dates `c`; the conditions that say which follow it.
SELECT c.due_on AS "on", 'obligation' AS kind, a.ref || '/O' || o.number AS ref, a.ref AS agreement, a.title,
       o.text AS what,
-- include occurrence_state
       AS state, r.name AS responsible, CAST(julianday(c.due_on) - julianday(:day) AS INTEGER) AS days_left,
       a.confidentiality
FROM occurrence c
JOIN obligation o ON o.id = c.obligation_id
JOIN agreement a ON a.id = o.agreement_id
-- include standing_on_day
LEFT JOIN person r ON r.id = coalesce(o.responsible_id, a.responsible_id)
WHERE
-- include occurrence_state
  IN ('overdue', 'pending')
  AND (o.survives OR a.last_day IS NULL OR c.due_on <= a.last_day)
-- include deadline_filters
  AND :deadline = 'obligation'  -- when deadline
  AND c.due_on < :day  -- when overdue
  AND fold(o.text || ' ' || a.title) LIKE :text ESCAPE '\'  -- when text

-- fragment: milestone_in_words
-- What milestone `m` of agreement `a` is.
CASE m.kind
    WHEN 'notice' THEN 'last day to give notice before term ' || (m.term + 1)
    WHEN 'renewal' THEN 'renews by itself for term ' || m.term
    WHEN 'expiry' THEN 'expires: last day of term ' || m.term
    ELSE CASE WHEN a.kind IN ('memorandum-of-understanding', 'letter-of-intent')
              THEN 'comes into effect' ELSE 'enters into force' END
END

-- fragment: milestone
-- The deadlines that are milestones `m`; the conditions that say which follow it.
SELECT m.on_day AS "on", m.kind, a.ref, a.ref AS agreement, a.title,
-- include milestone_in_words
       AS what,
       'pending' AS state, r.name AS responsible, CAST(julianday(m.on_day) - julianday(:day) AS INTEGER) AS days_left,
       a.confidentiality
FROM milestone m
JOIN agreement a ON a.id = m.agreement_id
-- include standing_on_day
LEFT JOIN person r ON r.id = a.responsible_id
WHERE 1 = 1
-- include deadline_filters
  AND m.kind = :deadline  -- when deadline
  AND :overdue IS NULL  -- when overdue
  AND fold(  -- when text
-- include milestone_in_words  -- when text
      || ' ' || a.title) LIKE :text ESCAPE '\'  -- when text

-- name: deadlines
-- What is owed or happens up to :until as seen on :day: open due dates, milestones ahead, activities without a
-- result. A due date known only as a range counts from its first day and falls due on its last.
-- Each part is read along an index by its day, and the parts are merged: the first rows cost no more in a large
-- database than in a small one. What is known as a range that ends after :until is found by an index of its own.
-- include due_date
  AND c.done_text IS NULL AND c.waived_text IS NULL AND c.due_on <= :until
UNION ALL
-- include due_date
  AND c.id IN (
-- include open_besides
  )
UNION ALL
-- include milestone
  AND m.on_day BETWEEN :day AND :until
UNION ALL
-- include milestone
  AND m.id IN (SELECT z.id FROM milestone z
               WHERE z.warn_day < z.on_day AND z.warn_day <= :until AND z.on_day > :until AND z.on_day >= :day)
UNION ALL
SELECT coalesce(v.until_upper, v.on_upper), 'activity', a.ref || '/A' || v.number, a.ref, a.title, v.title,
       CASE WHEN coalesce(v.until_upper, v.on_upper) < :day THEN 'without-result' ELSE 'planned' END, r.name,
       CAST(julianday(coalesce(v.until_upper, v.on_upper)) - julianday(:day) AS INTEGER), a.confidentiality
FROM activity v
JOIN agreement a ON a.id = v.agreement_id
-- include standing_on_day
LEFT JOIN person r ON r.id = a.responsible_id
WHERE v.status IN ('planned', 'postponed') AND v.on_lower <= :until
-- include deadline_filters
  AND :deadline = 'activity'  -- when deadline
  AND coalesce(v.until_upper, v.on_upper) < :day  -- when overdue
  AND fold(v.title || ' ' || a.title) LIKE :text ESCAPE '\'  -- when text
ORDER BY 1, 3, 2
LIMIT :limit  -- when limit
