-- One agreement as the record file holds it (docs/record-file.md): a statement for each of its sections.

-- name: record_agreement
-- The agreement itself, by its reference in any case.
SELECT
    a.id AS agreement_id,  -- when in_step
    a.id, a.ref, a.title, a.kind, a.summary, a.source, a.confidentiality, a.recorded_on,
    p.name AS responsible, p.office, p.email, p.phone, p.party_id
FROM agreement a
JOIN reference r ON r.ref = a.ref  -- when ref
LEFT JOIN person p ON p.id = a.responsible_id
WHERE 1 = 1
  AND r.key = lower(:ref)  -- when ref
  AND a.id IN (SELECT value FROM json_each(:in_step))  -- when in_step
ORDER BY a.id

-- name: record_refs
-- References of agreements, in the order recorded: of all, or of these.
SELECT id, ref FROM agreement
WHERE ref IN (SELECT value FROM json_each(:refs))  -- when refs
ORDER BY id

-- name: record_countries
SELECT
    agreement_id AS agreement_id,  -- when in_step
    country FROM agreement_country
WHERE 1 = 1
  AND agreement_id = :agreement  -- when agreement
  AND agreement_id IN (SELECT value FROM json_each(:in_step))  -- when in_step
ORDER BY
    agreement_id,  -- when in_step
    position

-- name: record_languages
SELECT
    agreement_id AS agreement_id,  -- when in_step
    language FROM agreement_language
WHERE 1 = 1
  AND agreement_id = :agreement  -- when agreement
  AND agreement_id IN (SELECT value FROM json_each(:in_step))  -- when in_step
ORDER BY
    agreement_id,  -- when in_step
    position

-- name: record_scopes
SELECT
    x.agreement_id AS agreement_id,  -- when in_step
    s.code
FROM agreement_scope x JOIN scope_area s ON s.id = x.scope_id
WHERE 1 = 1
  AND x.agreement_id = :agreement  -- when agreement
  AND x.agreement_id IN (SELECT value FROM json_each(:in_step))  -- when in_step
ORDER BY
    x.agreement_id,  -- when in_step
    x.position

-- name: record_participations
-- Each party of the agreement in its role, with its signatory.
SELECT
    x.agreement_id AS agreement_id,  -- when in_step
    x.party_id, x.role, x.signatory_office, p.name AS signatory, p.email, x.in_force_text
FROM participation x LEFT JOIN person p ON p.id = x.signatory_id
WHERE 1 = 1
  AND x.agreement_id = :agreement  -- when agreement
  AND x.agreement_id IN (SELECT value FROM json_each(:in_step))  -- when in_step
ORDER BY
    x.agreement_id,  -- when in_step
    x.position

-- name: record_parties
-- Every party the record names anywhere, and those they are part of.
WITH RECURSIVE named(agreement_id, id) AS (
    SELECT agreement_id, party_id FROM participation
    WHERE 1 = 1
      AND agreement_id = :agreement  -- when agreement
      AND agreement_id IN (SELECT value FROM json_each(:in_step))  -- when in_step
    UNION
    SELECT agreement_id, party_id FROM event WHERE party_id IS NOT NULL
      AND agreement_id = :agreement  -- when agreement
      AND agreement_id IN (SELECT value FROM json_each(:in_step))  -- when in_step
    UNION
    SELECT o.agreement_id, x.party_id FROM obligation o JOIN obligation_party x ON x.obligation_id = o.id
    WHERE 1 = 1
      AND o.agreement_id = :agreement  -- when agreement
      AND o.agreement_id IN (SELECT value FROM json_each(:in_step))  -- when in_step
    UNION
    SELECT v.agreement_id, x.party_id FROM activity v JOIN attendance x ON x.activity_id = v.id
    WHERE 1 = 1
      AND v.agreement_id = :agreement  -- when agreement
      AND v.agreement_id IN (SELECT value FROM json_each(:in_step))  -- when in_step
    UNION
    SELECT a.id, p.party_id FROM agreement a JOIN person p ON p.id = a.responsible_id WHERE p.party_id IS NOT NULL
      AND a.id = :agreement  -- when agreement
      AND a.id IN (SELECT value FROM json_each(:in_step))  -- when in_step
    UNION
    SELECT o.agreement_id, p.party_id FROM obligation o JOIN person p ON p.id = o.responsible_id
    WHERE p.party_id IS NOT NULL
      AND o.agreement_id = :agreement  -- when agreement
      AND o.agreement_id IN (SELECT value FROM json_each(:in_step))  -- when in_step
    UNION
    SELECT x.agreement_id, p.party_id FROM contact x JOIN person p ON p.id = x.person_id
    WHERE p.party_id IS NOT NULL
      AND x.agreement_id = :agreement  -- when agreement
      AND x.agreement_id IN (SELECT value FROM json_each(:in_step))  -- when in_step
    UNION
    SELECT n.agreement_id, p.part_of_id FROM named n JOIN party p ON p.id = n.id WHERE p.part_of_id IS NOT NULL
)
SELECT
    n.agreement_id AS agreement_id,  -- when in_step
    p.id, p.ref, p.name, p.name_key, p.acronym, p.acronym_key, p.kind, p.country, p.part_of_id
FROM named n JOIN party p ON p.id = n.id
ORDER BY
    n.agreement_id,  -- when in_step
    p.name_key, p.country, p.name, p.id

-- name: record_party_names
-- Former and other names of one party.
SELECT
    party_id,  -- when in_step
    kind, name
FROM party_name
WHERE 1 = 1
  AND party_id = :party  -- when party
ORDER BY
    party_id,  -- when in_step
    kind, position

-- name: record_provisions
SELECT
    agreement_id AS agreement_id,  -- when in_step
    kind, rule, period, times, clause FROM provision
WHERE 1 = 1
  AND agreement_id = :agreement  -- when agreement
  AND agreement_id IN (SELECT value FROM json_each(:in_step))  -- when in_step
ORDER BY
    agreement_id,  -- when in_step
    id

-- name: record_events
SELECT
    agreement_id AS agreement_id,  -- when in_step
    number, kind, on_text, party_id, until_text, duration, note
FROM event
WHERE 1 = 1
  AND agreement_id = :agreement  -- when agreement
  AND agreement_id IN (SELECT value FROM json_each(:in_step))  -- when in_step
ORDER BY
    agreement_id,  -- when in_step
    position

-- name: record_obligations
SELECT
    o.agreement_id AS agreement_id,  -- when in_step
    o.id, o.number, o.text, o.kind, o.clause, o.due, o.survives,
       p.name AS responsible, p.office, p.email, p.phone, p.party_id
FROM obligation o LEFT JOIN person p ON p.id = o.responsible_id
WHERE 1 = 1
  AND o.agreement_id = :agreement  -- when agreement
  AND o.agreement_id IN (SELECT value FROM json_each(:in_step))  -- when in_step
ORDER BY
    o.agreement_id,  -- when in_step
    o.position

-- name: record_obligation_parties
SELECT
    o.agreement_id AS agreement_id,  -- when in_step
    x.obligation_id, x.side, x.party_id
FROM obligation o JOIN obligation_party x ON x.obligation_id = o.id
WHERE 1 = 1
  AND o.agreement_id = :agreement  -- when agreement
  AND o.agreement_id IN (SELECT value FROM json_each(:in_step))  -- when in_step
ORDER BY
    o.agreement_id,  -- when in_step
    x.obligation_id, x.side, x.position

-- name: record_obligation_scopes
SELECT
    o.agreement_id AS agreement_id,  -- when in_step
    x.obligation_id, s.code
FROM obligation o JOIN obligation_scope x ON x.obligation_id = o.id JOIN scope_area s ON s.id = x.scope_id
WHERE 1 = 1
  AND o.agreement_id = :agreement  -- when agreement
  AND o.agreement_id IN (SELECT value FROM json_each(:in_step))  -- when in_step
ORDER BY
    o.agreement_id,  -- when in_step
    x.obligation_id, x.position

-- name: record_settled
-- Due dates fulfilled or waived: facts, unlike the open ones, which are derived.
SELECT
    o.agreement_id AS agreement_id,  -- when in_step
    c.obligation_id, c.due_on, c.done_text, c.evidence, t.number AS activity, c.waived_text, c.waived_reason
FROM obligation o JOIN occurrence c ON c.obligation_id = o.id LEFT JOIN activity t ON t.id = c.activity_id
WHERE (c.done_text IS NOT NULL OR c.waived_text IS NOT NULL)
  AND o.agreement_id = :agreement  -- when agreement
  AND o.agreement_id IN (SELECT value FROM json_each(:in_step))  -- when in_step
ORDER BY
    o.agreement_id,  -- when in_step
    c.obligation_id, c.due_on IS NULL, c.due_on, c.id

-- name: record_activities
SELECT
    agreement_id AS agreement_id,  -- when in_step
    id, number, title, kind, on_text, until_text, place, status
FROM activity
WHERE 1 = 1
  AND agreement_id = :agreement  -- when agreement
  AND agreement_id IN (SELECT value FROM json_each(:in_step))  -- when in_step
ORDER BY
    agreement_id,  -- when in_step
    position

-- name: record_activity_scopes
SELECT
    v.agreement_id AS agreement_id,  -- when in_step
    x.activity_id, s.code
FROM activity v JOIN activity_scope x ON x.activity_id = v.id JOIN scope_area s ON s.id = x.scope_id
WHERE 1 = 1
  AND v.agreement_id = :agreement  -- when agreement
  AND v.agreement_id IN (SELECT value FROM json_each(:in_step))  -- when in_step
ORDER BY
    v.agreement_id,  -- when in_step
    x.activity_id, x.position

-- name: record_attendance
SELECT
    v.agreement_id AS agreement_id,  -- when in_step
    x.activity_id, x.party_id, x.women, x.men, x.other, x.total
FROM activity v JOIN attendance x ON x.activity_id = v.id
WHERE 1 = 1
  AND v.agreement_id = :agreement  -- when agreement
  AND v.agreement_id IN (SELECT value FROM json_each(:in_step))  -- when in_step
ORDER BY
    v.agreement_id,  -- when in_step
    x.activity_id, x.position

-- name: record_links
SELECT
    agreement_id AS agreement_id,  -- when in_step
    number, kind, to_ref FROM link
WHERE 1 = 1
  AND agreement_id = :agreement  -- when agreement
  AND agreement_id IN (SELECT value FROM json_each(:in_step))  -- when in_step
ORDER BY
    agreement_id,  -- when in_step
    position

-- name: record_documents
SELECT
    agreement_id AS agreement_id,  -- when in_step
    number, file, kind, title, language, on_text, of_part, sha256
FROM document
WHERE 1 = 1
  AND agreement_id = :agreement  -- when agreement
  AND agreement_id IN (SELECT value FROM json_each(:in_step))  -- when in_step
ORDER BY
    agreement_id,  -- when in_step
    position

-- name: record_contacts
SELECT
    x.agreement_id AS agreement_id,  -- when in_step
    p.name AS responsible, p.office, p.email, p.phone, p.party_id
FROM contact x JOIN person p ON p.id = x.person_id
WHERE 1 = 1
  AND x.agreement_id = :agreement  -- when agreement
  AND x.agreement_id IN (SELECT value FROM json_each(:in_step))  -- when in_step
ORDER BY
    x.agreement_id,  -- when in_step
    x.position

-- name: record_figures
SELECT
    agreement_id AS agreement_id,  -- when in_step
    number, what, value, unit, period, source
FROM figure
WHERE 1 = 1
  AND agreement_id = :agreement  -- when agreement
  AND agreement_id IN (SELECT value FROM json_each(:in_step))  -- when in_step
ORDER BY
    agreement_id,  -- when in_step
    position

-- name: record_notes
SELECT
    agreement_id AS agreement_id,  -- when in_step
    number, on_text, text FROM note
WHERE 1 = 1
  AND agreement_id = :agreement  -- when agreement
  AND agreement_id IN (SELECT value FROM json_each(:in_step))  -- when in_step
ORDER BY
    agreement_id,  -- when in_step
    position

-- name: record_people
-- Everybody an agreement's record describes or names.
SELECT id FROM person WHERE id IN (
    SELECT responsible_id FROM agreement WHERE id = :agreement
    UNION SELECT responsible_id FROM obligation WHERE agreement_id = :agreement
    UNION SELECT person_id FROM contact WHERE agreement_id = :agreement
    UNION SELECT signatory_id FROM participation WHERE agreement_id = :agreement
)

-- name: directory_scopes
-- Scope areas of the officers' own, with the area above each.
SELECT s.code, p.code AS parent, s.name_en, s.name_es, s.name_fr, s.gcm, s.sdg, s.dac
FROM scope_area s LEFT JOIN scope_area p ON p.id = s.parent_id
WHERE NOT s.builtin
ORDER BY s.code

-- name: directory_parties
-- Every party.
SELECT id, ref, name, name_key, acronym, acronym_key, kind, country, part_of_id
FROM party ORDER BY name_key, country, name, id

-- name: directory_people
-- Everybody.
SELECT name AS responsible, office, email, phone, party_id
FROM person ORDER BY name_key, lower(coalesce(email, '')), id

-- name: document_of_hash
-- Some document with this content, of an agreement or of a party.
SELECT id FROM document WHERE sha256 = :content
UNION ALL SELECT id FROM party_document WHERE sha256 = :content LIMIT 1
