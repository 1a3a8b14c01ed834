-- Calendars: every deadline with what is said of it, and what calendars were given before.

-- name: calendar_deadlines
-- Every due date, milestone and activity with a day, open or not on :day, with what a calendar says of it. The key is
-- what a deadline is known by when its day changes (rules/calendar.py).
SELECT a.ref AS agreement, 'O' || o.number || '/' || row_number() OVER (PARTITION BY o.id ORDER BY c.due_on) AS key,
       'obligation' AS kind, a.ref || '/O' || o.number AS ref, c.due_on AS first_day, c.due_on AS last_day,
       coalesce(c.warn_on, c.due_on) AS warn_day,
       CASE WHEN c.done_text IS NULL AND c.waived_text IS NULL AND NOT o.survives AND a.last_day < c.due_on
            THEN 'lapsed' ELSE
-- include occurrence_state
       END AS state,
       o.text AS what, o.clause,
       (SELECT group_concat(label, ', ') FROM (
            SELECT coalesce(p.acronym, p.name) AS label FROM obligation_party x JOIN party p ON p.id = x.party_id
            WHERE x.obligation_id = o.id AND x.side = 'owed-by' ORDER BY x.position)) AS owed_by,
       (SELECT group_concat(label, ', ') FROM (
            SELECT coalesce(p.acronym, p.name) AS label FROM obligation_party x JOIN party p ON p.id = x.party_id
            WHERE x.obligation_id = o.id AND x.side = 'owed-to' ORDER BY x.position)) AS owed_to,
       NULL AS place, coalesce(r.name, l.name) AS responsible, coalesce(c.done_text, c.waived_text) AS settled,
       c.because, a.title, a.recorded_on, a.confidentiality = 'confidential' AS confidential
FROM occurrence c
JOIN obligation o ON o.id = c.obligation_id
JOIN agreement a ON a.id = o.agreement_id
LEFT JOIN person r ON r.id = o.responsible_id
LEFT JOIN person l ON l.id = a.responsible_id AND o.responsible_id IS NULL
WHERE c.due_on IS NOT NULL
  AND a.ref = :agreement  -- when agreement
UNION ALL
SELECT a.ref, m.kind || coalesce('/' || m.term, ''), m.kind, a.ref, m.on_day, m.on_day, m.warn_day,
       CASE WHEN m.on_day < :day THEN 'passed' ELSE 'pending' END,
       CASE m.kind
           WHEN 'notice' THEN 'last day to give notice before term ' || (m.term + 1)
           WHEN 'renewal' THEN 'renews by itself for term ' || m.term
           WHEN 'expiry' THEN 'expires: last day of term ' || m.term
           ELSE CASE WHEN a.kind IN ('memorandum-of-understanding', 'letter-of-intent')
                     THEN 'comes into effect' ELSE 'enters into force' END
       END,
       NULL, NULL, NULL, NULL, l.name, NULL, m.because, a.title, a.recorded_on, a.confidentiality = 'confidential'
FROM milestone m
JOIN agreement a ON a.id = m.agreement_id
LEFT JOIN person l ON l.id = a.responsible_id
WHERE 1 = 1
  AND a.ref = :agreement  -- when agreement
UNION ALL
SELECT a.ref, 'A' || v.number, 'activity', a.ref || '/A' || v.number,
       CASE WHEN v.on_lower = v.on_upper AND coalesce(v.until_lower = v.until_upper, 1)
            THEN v.on_upper ELSE coalesce(v.until_upper, v.on_upper) END,
       coalesce(v.until_upper, v.on_upper), coalesce(v.on_lower, v.until_upper),
       CASE WHEN v.status IN ('held', 'cancelled', 'postponed') THEN v.status
            WHEN coalesce(v.until_upper, v.on_upper) < :day THEN 'without-result' ELSE 'planned' END,
       v.title, NULL, NULL, NULL, v.place, l.name, NULL, NULL, a.title, a.recorded_on,
       a.confidentiality = 'confidential'
FROM activity v
JOIN agreement a ON a.id = v.agreement_id
LEFT JOIN person l ON l.id = a.responsible_id
WHERE coalesce(v.until_upper, v.on_upper) IS NOT NULL
  AND a.ref = :agreement  -- when agreement

-- name: calendar_entries
-- What calendars were told so far.
SELECT uid, agreement, key, first_day, last_day, sequence, revised_at, cancelled, confidential, digest
FROM calendar_entry
WHERE 1 = 1
  AND agreement = :agreement  -- when agreement

-- name: calendar_given
-- The entries that one calendar has.
SELECT uid FROM calendar_given WHERE calendar = :calendar

-- name: calendar_open_ended
-- The obligations (O1) and terms (term) of an agreement that may have days beyond the one up to which they
-- are derived: what is absent there has not gone away.
SELECT 'O' || o.number AS part, a.derived_until
FROM obligation o JOIN agreement a ON a.id = o.agreement_id
WHERE a.ref = :agreement AND a.derived_until IS NOT NULL
UNION ALL
SELECT 'term', a.derived_until
FROM agreement a
WHERE a.ref = :agreement AND a.derived_until IS NOT NULL
  AND (SELECT t.renews FROM term t WHERE t.agreement_id = a.id ORDER BY t.number DESC LIMIT 1)
