-- What the quality checks ask beside an agreement's record.

-- name: check_refs
-- Agreements that have a status on :day, by reference.
SELECT a.ref FROM agreement a
-- include standing_on_day
WHERE 1 = 1
-- include agreement_filters
ORDER BY a.ref

-- name: check_lapsing
-- Obligations with open due dates after the agreement's last day that are not said to survive.
SELECT DISTINCT
    a.id AS agreement_id,  -- when in_step
    o.number
FROM obligation o
JOIN agreement a ON a.id = o.agreement_id
JOIN occurrence c ON c.obligation_id = o.id
WHERE NOT o.survives AND c.due_on > a.last_day
  AND c.done_text IS NULL AND c.waived_text IS NULL
  AND a.ref = :agreement  -- when agreement
  AND a.id IN (SELECT value FROM json_each(:in_step))  -- when in_step
ORDER BY
    a.id,  -- when in_step
    o.number

-- name: check_off_schedule
-- Due dates that were fulfilled or waived and do not follow from the due rule, as far as due dates are derived.
SELECT
    a.id AS agreement_id,  -- when in_step
    o.number, c.due_on
FROM obligation o
JOIN agreement a ON a.id = o.agreement_id
JOIN occurrence c ON c.obligation_id = o.id
WHERE c.due_on IS NOT NULL AND c.because IS NULL
  AND (c.done_text IS NOT NULL OR c.waived_text IS NOT NULL)
  AND (a.derived_until IS NULL OR c.due_on <= a.derived_until)
  AND a.ref = :agreement  -- when agreement
  AND a.id IN (SELECT value FROM json_each(:in_step))  -- when in_step
ORDER BY
    a.id,  -- when in_step
    o.number, c.due_on

-- name: check_parties
-- Parties with the number of rows that name them.
SELECT p.ref, p.name, p.acronym, p.kind, p.country,
       (SELECT count(*) FROM participation x WHERE x.party_id = p.id)
       + (SELECT count(*) FROM obligation_party x WHERE x.party_id = p.id)
       + (SELECT count(*) FROM attendance x WHERE x.party_id = p.id)
       + (SELECT count(*) FROM party x WHERE x.part_of_id = p.id)
       + (SELECT count(*) FROM person x WHERE x.party_id = p.id) AS used
FROM party p
ORDER BY p.id
