-- What the reports ask beyond the listings: the same for every agreement at once, or with what is confidential.

-- name: report_participations
-- Who takes part in each agreement and in which role.
SELECT a.ref AS agreement, p.ref AS party, p.name, p.acronym, p.country, x.role
FROM participation x
JOIN agreement a ON a.id = x.agreement_id
JOIN party p ON p.id = x.party_id
ORDER BY a.ref, x.position

-- name: report_terms
-- The term of each agreement that runs on :day.
SELECT a.ref AS agreement, t.number, t.from_day, t.to_day, t.renews
FROM term t JOIN agreement a ON a.id = t.agreement_id
WHERE (t.from_day IS NULL OR t.from_day <= :day) AND (t.to_day IS NULL OR t.to_day >= :day)
ORDER BY a.ref, t.number

-- name: report_first_terms
-- The first day of each agreement's first term, unknown where it has none.
SELECT a.ref AS agreement, t.from_day
FROM term t JOIN agreement a ON a.id = t.agreement_id
WHERE t.number = 1
ORDER BY a.ref

-- name: report_confidential
-- References of the agreements that reports leave out unless asked to include them.
SELECT ref FROM agreement WHERE confidentiality = 'confidential' ORDER BY ref

-- name: report_attendance
-- Who attended each activity, by party.
SELECT a.ref || '/A' || v.number AS activity, p.ref AS party, p.name, p.acronym, p.country,
       x.women, x.men, x.other, x.total
FROM attendance x
JOIN activity v ON v.id = x.activity_id
JOIN agreement a ON a.id = v.agreement_id
JOIN party p ON p.id = x.party_id
WHERE 1 = 1
-- include agreement_chosen
ORDER BY a.ref, v.number, x.position

-- name: report_contacts
-- The contacts of each agreement, in its own order.
SELECT a.ref AS agreement, p.name, p.office, p.email, p.phone, coalesce(y.acronym, y.name) AS party
FROM contact x
JOIN agreement a ON a.id = x.agreement_id
JOIN person p ON p.id = x.person_id
LEFT JOIN party y ON y.id = p.party_id
ORDER BY a.ref, x.position

-- name: report_evidence
-- The documents of obligations, of their due dates and of activities, with what each belongs to.
SELECT a.ref || '/D' || d.number AS ref, d.file, a.ref || '/' || d.of_part AS of
FROM document d JOIN agreement a ON a.id = d.agreement_id
WHERE d.of_part IS NOT NULL
  AND a.ref = :agreement  -- when agreement
ORDER BY a.ref, d.number
