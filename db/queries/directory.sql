-- The people, organisations, areas and documents that agreements are about.

-- name: parties
-- Parties with the number of agreements they take part in, by name.
SELECT p.ref, p.name, p.acronym, p.kind, p.country, coalesce(u.acronym, u.name) AS part_of,
       (SELECT group_concat(name, char(31)) FROM (
            SELECT n.name FROM party_name n WHERE n.party_id = p.id AND n.kind = 'former' ORDER BY n.position
       )) AS former_names,
       (SELECT group_concat(name, char(31)) FROM (
            SELECT n.name FROM party_name n WHERE n.party_id = p.id AND n.kind = 'other' ORDER BY n.position
       )) AS other_names,
       (SELECT count(DISTINCT x.agreement_id) FROM participation x WHERE x.party_id = p.id) AS agreements
FROM party p LEFT JOIN party u ON u.id = p.part_of_id
WHERE 1 = 1
  AND p.kind = :kind  -- when kind
  AND p.country = :country  -- when country
  AND p.id IN (  -- when party
-- include party_named  -- when party
  )  -- when party
  AND (p.name_key LIKE :text ESCAPE '\' OR p.acronym_key LIKE :text ESCAPE '\'  -- when text
       OR p.id IN (SELECT n.party_id FROM party_name n WHERE n.key LIKE :text ESCAPE '\'))  -- when text
ORDER BY p.name_key, p.id

-- name: party_keys
-- Every name of every party, folded, with the name to show: for suggestions.
SELECT name_key AS key, name FROM party
UNION SELECT acronym_key, acronym FROM party WHERE acronym_key IS NOT NULL
UNION SELECT key, name FROM party_name

-- name: people
-- People with what they are responsible for, by name.
SELECT p.ref, p.name, p.office, p.email, p.phone, coalesce(y.acronym, y.name) AS party,
       (SELECT count(*) FROM agreement a WHERE a.responsible_id = p.id) AS agreements,
       (SELECT count(*) FROM obligation o WHERE o.responsible_id = p.id) AS obligations,
       (SELECT count(*) FROM participation x WHERE x.signatory_id = p.id) AS signed
FROM person p LEFT JOIN party y ON y.id = p.party_id
WHERE 1 = 1
  AND p.party_id IN (  -- when party
-- include party_named  -- when party
  )  -- when party
  AND (p.name_key = :person OR replace(p.ref, '-', ' ') = :person)  -- when person
  AND (p.name_key LIKE :text ESCAPE '\' OR lower(coalesce(p.email, '')) LIKE :text ESCAPE '\')  -- when text
ORDER BY p.name_key, p.id

-- name: scopes
-- Scope areas in the order of the list, parents before their children.
WITH RECURSIVE tree(id, depth, path) AS (
    SELECT id, 0, printf('%06d', id) FROM scope_area WHERE parent_id IS NULL
    UNION ALL
    SELECT v.id, tree.depth + 1, tree.path || printf('/%06d', v.id)
    FROM scope_area v JOIN tree ON v.parent_id = tree.id
)
SELECT v.code, u.code AS parent, v.name_en, v.name_es, v.name_fr, v.gcm, v.sdg, v.dac, v.builtin, tree.depth,
       (SELECT count(*) FROM agreement_scope x WHERE x.scope_id = v.id) AS agreements
FROM tree JOIN scope_area v ON v.id = tree.id LEFT JOIN scope_area u ON u.id = v.parent_id
WHERE 1 = 1
  AND (v.code LIKE :text ESCAPE '\' OR fold(v.name_en) LIKE :text ESCAPE '\'  -- when text
       OR fold(coalesce(v.name_es, '')) LIKE :text ESCAPE '\'  -- when text
       OR fold(coalesce(v.name_fr, '')) LIKE :text ESCAPE '\')  -- when text
ORDER BY tree.path

-- name: documents
-- Documents of agreements (and what part of one they are of) and of parties, with what was read of the file.
SELECT d.ref, d.agreement, d.party, d.of, d.file, d.kind, d.title, d.language, d."on", d.sha256,
       k.media_type, k.size, k.pages, k.text_state AS text
FROM (
    SELECT a.ref || '/D' || d.number AS ref, a.ref AS agreement, NULL AS party, a.ref || '/' || d.of_part AS of,
           d.file, d.kind, d.title, d.language, d.on_text AS "on", d.sha256, a.ref AS owner, d.number
    FROM document d JOIN agreement a ON a.id = d.agreement_id
    WHERE 1 = 1
      AND a.ref = :agreement  -- when agreement
      AND a.id IN (SELECT y.agreement_id FROM participation y WHERE y.party_id IN (  -- when party
-- include party_named  -- when party
      ))  -- when party
    UNION ALL
    SELECT p.ref || '/D' || d.number, NULL, coalesce(p.acronym, p.name), NULL,
           d.file, d.kind, d.title, d.language, d.on_text, d.sha256, p.ref, d.number
    FROM party_document d JOIN party p ON p.id = d.party_id
    WHERE 1 = 1
      AND :agreement IS NULL  -- when agreement
      AND p.id IN (  -- when party
-- include party_named  -- when party
      )  -- when party
) d
LEFT JOIN kept_file k ON k.sha256 = d.sha256
WHERE 1 = 1
  AND d.kind = :kind  -- when kind
  AND d.number = :number  -- when number
  AND fold(d.file || ' ' || coalesce(d.title, '')) LIKE :text ESCAPE '\'  -- when text
ORDER BY d.agreement IS NULL, d.owner, d.number

-- name: named_files
-- Every file that a document names, once for each document.
SELECT d.sha256, a.ref || '/D' || d.number AS ref, d.file
FROM document d JOIN agreement a ON a.id = d.agreement_id
WHERE d.sha256 IS NOT NULL
UNION ALL
SELECT d.sha256, p.ref || '/D' || d.number, d.file
FROM party_document d JOIN party p ON p.id = d.party_id
WHERE d.sha256 IS NOT NULL

-- name: read_files
-- The files of which the text has been read, or could not be.
SELECT sha256 FROM kept_file

-- name: erased_files
-- The files out of whose text a person was erased.
SELECT DISTINCT k.sha256
FROM kept_file k LEFT JOIN file_page p ON p.file_id = k.id LEFT JOIN file_clause c ON c.file_id = k.id
WHERE instr(p.text, :mark) OR instr(c.text, :mark) OR instr(c.heading, :mark)

-- name: text_clauses
-- The divisions of an agreement's own texts, the signed one first, in the order of the text.
SELECT
    a.id AS agreement_id,  -- when in_step
    a.ref || '/D' || d.number AS document, c.family, c.number, c.heading, c.page, c.text
FROM document d
JOIN agreement a ON a.id = d.agreement_id
JOIN kept_file k ON k.sha256 = d.sha256
JOIN file_clause c ON c.file_id = k.id
WHERE 1 = 1
  AND a.ref = :agreement  -- when agreement
  AND a.id IN (SELECT value FROM json_each(:in_step))  -- when in_step
  AND d.kind IN ('signed-text', 'certified-copy', 'amendment', 'annex')
ORDER BY
    a.id,  -- when in_step
    CASE d.kind WHEN 'signed-text' THEN 1 WHEN 'certified-copy' THEN 2 WHEN 'amendment' THEN 3 ELSE 4 END,
         d.number, c.position

-- name: complete_agreements
-- References from :start to :after in small letters, with their titles, for completion.
SELECT a.ref, a.title FROM reference r JOIN agreement a ON a.ref = r.ref
WHERE r.key >= :start AND r.key < :after ORDER BY r.key LIMIT 100

-- name: complete_obligations
-- Obligations with references from :start to :after in small letters, for completion.
SELECT r.ref, o.text AS title
FROM reference r
JOIN agreement a ON a.ref = substr(r.stem, 1, length(r.stem) - 2)
JOIN obligation o ON o.agreement_id = a.id AND o.number = r.number
WHERE r.key >= :start AND r.key < :after AND r.stem LIKE '%/O' ORDER BY r.stem, r.number LIMIT 100

-- name: complete_parties
-- Parties of which the name or acronym, folded, lies from :start to :after, for completion.
SELECT coalesce(acronym, name) AS ref, name AS title FROM party
WHERE name_key >= :start AND name_key < :after OR acronym_key >= :start AND acronym_key < :after
ORDER BY name_key LIMIT 100

-- name: complete_scopes
-- Scope areas with codes from :start to :after, for completion.
SELECT code AS ref, name_en AS title FROM scope_area WHERE code >= :start AND code < :after ORDER BY code LIMIT 100

-- name: complete_people
-- People whose name, folded, lies from :start to :after, for completion.
SELECT name AS ref, coalesce(office, email, '') AS title FROM person
WHERE name_key >= :start AND name_key < :after ORDER BY name_key LIMIT 100

-- name: short_of_horizon
-- Whether some open-ended agreement is derived only to a day before :until.
SELECT 1 AS short FROM agreement WHERE derived_until < :until LIMIT 1

-- name: known_reference
-- The reference as it was given.
SELECT ref FROM reference WHERE key = lower(:ref)

-- name: known_party
-- Whether some party is called so.
-- include party_named
LIMIT 1

-- name: known_person
-- Whether somebody is called so.
SELECT p.id FROM person p WHERE p.name_key = :person OR p.ref = replace(:person, ' ', '-') LIMIT 1

-- name: known_scopes
-- Codes of scope areas, for suggestions.
SELECT code FROM scope_area ORDER BY id

-- name: known_references
-- Agreement references, for suggestions.
SELECT ref FROM agreement ORDER BY ref
