-- One agreement on one day, beside its record: what is derived from it.

-- name: show_standing
-- All standings of an agreement in order, with the reasons as JSON.
SELECT
    a.id AS agreement_id,  -- when in_step
    s.status, s.from_day, s.to_day, s.because
FROM standing s JOIN agreement a ON a.id = s.agreement_id
WHERE 1 = 1
  AND a.ref = :agreement  -- when agreement
  AND a.id IN (SELECT value FROM json_each(:in_step))  -- when in_step
ORDER BY
    a.id,  -- when in_step
    s.from_day IS NOT NULL, s.from_day

-- name: show_terms
-- The terms of one agreement, in order.
SELECT
    a.id AS agreement_id,  -- when in_step
    t.number, t.from_day, t.to_day, t.notice_day, t.renews, t.origin, t.because
FROM term t JOIN agreement a ON a.id = t.agreement_id
WHERE 1 = 1
  AND a.ref = :agreement  -- when agreement
  AND a.id IN (SELECT value FROM json_each(:in_step))  -- when in_step
ORDER BY
    a.id,  -- when in_step
    t.number

-- name: show_milestones
-- The days to watch of one agreement, from :day on.
SELECT
    a.id AS agreement_id,  -- when in_step
    m.kind, m.on_day, m.term, m.because
FROM milestone m JOIN agreement a ON a.id = m.agreement_id
WHERE 1 = 1
  AND a.ref = :agreement  -- when agreement
  AND a.id IN (SELECT value FROM json_each(:in_step))  -- when in_step
  AND m.on_day >= :day  -- when day
ORDER BY
    a.id,  -- when in_step
    m.on_day, m.id

-- name: show_derived
-- The derived columns of an agreement.
SELECT
    id AS agreement_id,  -- when in_step
    signed_text AS signed, in_force_text AS in_force, in_force_on, last_day, derived_until
FROM agreement
WHERE 1 = 1
  AND ref = :agreement  -- when agreement
  AND id IN (SELECT value FROM json_each(:in_step))  -- when in_step
ORDER BY id

-- name: show_links_here
-- What other agreements do to this one.
SELECT
    b.id AS agreement_id,  -- when in_step
    l.kind, a.ref, a.title
FROM link l JOIN agreement a ON a.id = l.agreement_id
JOIN agreement b ON b.ref = l.to_ref  -- when in_step
WHERE 1 = 1
  AND l.to_ref = :agreement  -- when agreement
  AND b.id IN (SELECT value FROM json_each(:in_step))  -- when in_step
ORDER BY
    b.id,  -- when in_step
    a.ref

-- name: show_links
-- What this agreement does to others, which may not be recorded yet.
SELECT
    a.id AS agreement_id,  -- when in_step
    l.kind, l.to_ref AS ref, b.title
FROM link l JOIN agreement a ON a.id = l.agreement_id LEFT JOIN agreement b ON b.ref = l.to_ref
WHERE 1 = 1
  AND a.ref = :agreement  -- when agreement
  AND a.id IN (SELECT value FROM json_each(:in_step))  -- when in_step
ORDER BY
    a.id,  -- when in_step
    l.position

-- name: explain_occurrences
-- Due dates of one obligation with their reasons as JSON (none where a settled one no longer follows).
SELECT c.due_on, c.warn_on, c.done_text, c.waived_text, c.because, c.evidence,
       CASE WHEN v.id IS NOT NULL THEN a.ref || '/A' || v.number END AS by_activity,
       (SELECT group_concat(a.ref || '/D' || d.number || ' ' || d.file, char(31)) FROM document d
        WHERE d.agreement_id = a.id AND d.of_part = 'O' || o.number || coalesce(':' || c.due_on, '')) AS documents
FROM occurrence c JOIN obligation o ON o.id = c.obligation_id JOIN agreement a ON a.id = o.agreement_id
LEFT JOIN activity v ON v.id = c.activity_id
WHERE a.ref = :agreement AND o.number = :number
ORDER BY c.due_on IS NULL, c.due_on, c.id

-- name: show_bound
-- Parties bound by an agreement with the day of entry into force for each.
SELECT
    a.id AS agreement_id,  -- when in_step
    coalesce(p.acronym, p.name) AS party, x.in_force_text AS in_force
FROM participation x JOIN party p ON p.id = x.party_id JOIN agreement a ON a.id = x.agreement_id
WHERE x.role IN ('party', 'participant')
  AND a.ref = :agreement  -- when agreement
  AND a.id IN (SELECT value FROM json_each(:in_step))  -- when in_step
ORDER BY
    a.id,  -- when in_step
    x.position

-- name: explain_parties
-- Every party in an agreement, whether it is bound, and the day of entry into force for it.
SELECT x.party_id, coalesce(p.acronym, p.name) AS party, p.ref, x.role IN ('party', 'participant') AS bound,
       x.in_force_text AS in_force
FROM participation x JOIN party p ON p.id = x.party_id JOIN agreement a ON a.id = x.agreement_id
WHERE a.ref = :agreement
ORDER BY x.position
