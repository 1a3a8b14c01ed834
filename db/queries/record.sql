-- One agreement as the record file holds it (docs/record-file.md): a statement for each of its sections.

-- name: record_agreement
-- The agreement itself, by its reference in any case.
SELECT a.id, a.ref, a.title, a.kind, a.summary, a.source, a.confidentiality, a.recorded_on,
       p.name AS responsible, p.office, p.email, p.phone, p.party_id
FROM reference r
JOIN agreement a ON a.ref = r.ref
LEFT JOIN person p ON p.id = a.responsible_id
WHERE r.key = lower(:ref)

-- name: record_refs
-- Every agreement's reference, in the order recorded.
SELECT ref FROM agreement ORDER BY id

-- name: record_countries
SELECT country FROM agreement_country WHERE agreement_id = :agreement ORDER BY position

-- name: record_languages
SELECT language FROM agreement_language WHERE agreement_id = :agreement ORDER BY position

-- name: record_scopes
SELECT s.code
FROM agreement_scope x JOIN scope_area s ON s.id = x.scope_id
WHERE x.agreement_id = :agreement
ORDER BY x.position

-- name: record_participations
-- Each party of the agreement in its role, with its signatory.
SELECT x.party_id, x.role, x.signatory_office, p.name AS signatory, p.email, x.in_force_text
FROM participation x LEFT JOIN person p ON p.id = x.signatory_id
WHERE x.agreement_id = :agreement
ORDER BY x.position

-- name: record_parties
-- Every party the record names anywhere, and those they are part of.
WITH RECURSIVE named(id) AS (
    SELECT party_id FROM participation WHERE agreement_id = :agreement
    UNION
    SELECT party_id FROM event WHERE agreement_id = :agreement AND party_id IS NOT NULL
    UNION
    SELECT x.party_id FROM obligation_party x JOIN obligation o ON o.id = x.obligation_id
    WHERE o.agreement_id = :agreement
    UNION
    SELECT x.party_id FROM attendance x JOIN activity t ON t.id = x.activity_id
    WHERE t.agreement_id = :agreement
    UNION
    SELECT p.party_id FROM person p
    WHERE p.party_id IS NOT NULL AND p.id IN (
        SELECT responsible_id FROM agreement WHERE id = :agreement
        UNION SELECT responsible_id FROM obligation WHERE agreement_id = :agreement
        UNION SELECT person_id FROM contact WHERE agreement_id = :agreement
    )
    UNION
    SELECT p.part_of_id FROM named n JOIN party p ON p.id = n.id WHERE p.part_of_id IS NOT NULL
)
SELECT p.id, p.ref, p.name, p.name_key, p.acronym, p.acronym_key, p.kind, p.country, p.part_of_id
FROM named n JOIN party p ON p.id = n.id
ORDER BY p.name_key, p.country, p.name, p.id

-- name: record_party_names
-- Former and other names of one party.
SELECT kind, name FROM party_name WHERE party_id = :party ORDER BY kind, position

-- name: record_provisions
SELECT kind, rule, period, times, clause FROM provision WHERE agreement_id = :agreement ORDER BY id

-- name: record_events
SELECT number, kind, on_text, party_id, until_text, duration, note
FROM event WHERE agreement_id = :agreement
ORDER BY position

-- name: record_obligations
SELECT o.id, o.number, o.text, o.kind, o.clause, o.due, o.survives,
       p.name AS responsible, p.office, p.email, p.phone, p.party_id
FROM obligation o LEFT JOIN person p ON p.id = o.responsible_id
WHERE o.agreement_id = :agreement
ORDER BY o.position

-- name: record_obligation_parties
SELECT obligation_id, side, party_id
FROM obligation_party
WHERE obligation_id IN (SELECT id FROM obligation WHERE agreement_id = :agreement)
ORDER BY obligation_id, side, position

-- name: record_obligation_scopes
SELECT x.obligation_id, s.code
FROM obligation_scope x JOIN scope_area s ON s.id = x.scope_id
WHERE x.obligation_id IN (SELECT id FROM obligation WHERE agreement_id = :agreement)
ORDER BY x.obligation_id, x.position

-- name: record_settled
-- Due dates fulfilled or waived: facts, unlike the open ones, which are derived.
SELECT c.obligation_id, c.due_on, c.done_text, c.evidence, t.number AS activity, c.waived_text, c.waived_reason
FROM occurrence c LEFT JOIN activity t ON t.id = c.activity_id
WHERE c.obligation_id IN (SELECT id FROM obligation WHERE agreement_id = :agreement)
  AND (c.done_text IS NOT NULL OR c.waived_text IS NOT NULL)
ORDER BY c.obligation_id, c.due_on IS NULL, c.due_on, c.id

-- name: record_activities
SELECT id, number, title, kind, on_text, until_text, place, status
FROM activity WHERE agreement_id = :agreement
ORDER BY position

-- name: record_activity_scopes
SELECT x.activity_id, s.code
FROM activity_scope x JOIN scope_area s ON s.id = x.scope_id
WHERE x.activity_id IN (SELECT id FROM activity WHERE agreement_id = :agreement)
ORDER BY x.activity_id, x.position

-- name: record_attendance
SELECT activity_id, party_id, women, men, other, total
FROM attendance
WHERE activity_id IN (SELECT id FROM activity WHERE agreement_id = :agreement)
ORDER BY activity_id, position

-- name: record_links
SELECT number, kind, to_ref FROM link WHERE agreement_id = :agreement ORDER BY position

-- name: record_documents
SELECT number, file, kind, title, language, on_text, of_part, sha256
FROM document WHERE agreement_id = :agreement
ORDER BY position

-- name: record_contacts
SELECT p.name AS responsible, p.office, p.email, p.phone, p.party_id
FROM contact x JOIN person p ON p.id = x.person_id
WHERE x.agreement_id = :agreement
ORDER BY x.position

-- name: record_figures
SELECT number, what, value, unit, period, source
FROM figure WHERE agreement_id = :agreement
ORDER BY position

-- name: record_notes
SELECT number, on_text, text FROM note WHERE agreement_id = :agreement ORDER BY position

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
