-- Search: matches in the index, then what and where they are. Rows are numbered as in search_index.sql.

-- fragment: search_conditions
-- The numbers of the rows that the filters leave are gathered first (search_chosen): each match is then only looked up
-- among them. The plus sign keeps the index from being asked for each of them instead.
WHERE 1 = 1
  AND search MATCH :words  -- when words
  AND search.rowid & 15 IN (SELECT value FROM json_each(:sections))  -- when sections
  AND +search.rowid IN search_chosen  -- when chosen

-- fragment: search_chosen
-- :chosen holds the ids of the agreements that the filters leave, as JSON: with their parts, their parties and theirs.
chosen AS MATERIALIZED (SELECT value AS id FROM json_each(:chosen)),
search_chosen AS MATERIALIZED (
    SELECT id << 4 | 1 AS id FROM chosen
    UNION ALL SELECT x.party_id << 4 | 2 FROM chosen c JOIN participation x ON x.agreement_id = c.id
    UNION ALL SELECT x.id << 4 | 3 FROM chosen c JOIN obligation x ON x.agreement_id = c.id
    UNION ALL SELECT x.id << 4 | 4 FROM chosen c JOIN activity x ON x.agreement_id = c.id
    UNION ALL SELECT x.id << 4 | 5 FROM chosen c JOIN note x ON x.agreement_id = c.id
    UNION ALL SELECT x.id << 4 | 6 FROM chosen c JOIN figure x ON x.agreement_id = c.id
    UNION ALL SELECT x.id << 4 | 7 FROM chosen c JOIN document x ON x.agreement_id = c.id
    UNION ALL SELECT g.id << 4 | 8 FROM chosen c JOIN document x ON x.agreement_id = c.id
    JOIN kept_file k ON k.sha256 = x.sha256 JOIN file_page g ON g.file_id = k.id
    UNION ALL SELECT d.id << 4 | 9 FROM (
        SELECT DISTINCT x.party_id FROM chosen c JOIN participation x ON x.agreement_id = c.id
    ) p JOIN party_document d ON d.party_id = p.party_id
)

-- name: search_agreements
-- The ids of the agreements that a search's filters leave.
SELECT a.id FROM agreement a
WHERE 1 = 1
-- include agreement_filters
  AND a.id IN (SELECT x.agreement_id FROM agreement_scope x WHERE x.scope_id IN (  -- when scope
-- include scopes_below  -- when scope
  ))  -- when scope

-- name: search_count
-- How many rows of the index match.
WITH  -- when chosen
-- include search_chosen  -- when chosen
SELECT count(*) AS count FROM search
-- include search_conditions

-- name: search_ranked
-- The best matches: every one of them is looked at.
WITH  -- when chosen
-- include search_chosen  -- when chosen
SELECT search.rowid AS id FROM search
-- include search_conditions
ORDER BY bm25(search, 4.0, 1.0), search.rowid
LIMIT :limit

-- name: search_latest
-- The matches recorded last, of each kind.
WITH  -- when chosen
-- include search_chosen  -- when chosen
SELECT search.rowid AS id FROM search
-- include search_conditions
ORDER BY search.rowid DESC
LIMIT :limit

-- name: search_snippets
-- Where the words stand in these rows: U+0002 before and U+0003 after each. The index is gone through once from the
-- first of them to the last: to ask it for each would begin a search as often.
WITH hit AS MATERIALIZED (SELECT value AS id FROM json_each(:hits))
SELECT rowid AS id, snippet(search, -1, char(2), char(3), '…', 20) AS snippet
FROM search
WHERE search MATCH :words AND rowid >= (SELECT min(id) FROM hit) AND rowid <= (SELECT max(id) FROM hit)
  AND +rowid IN hit

-- name: search_beginnings
-- How these rows begin, where no word is looked for.
SELECT rowid AS id, substr(coalesce(words, title), 1, 160) AS snippet
FROM search WHERE rowid IN (SELECT value FROM json_each(:hits))

-- name: search_found
-- What these rows are: section, reference, title and page; a page once for each document that is its file.
WITH hit AS MATERIALIZED (
    SELECT value AS id, value >> 4 AS source, value & 15 AS digit, key AS place FROM json_each(:hits)
)
SELECT h.place, h.id, 'agreements' AS section, a.ref, a.ref AS agreement, a.title, NULL AS file, NULL AS page
FROM hit h JOIN agreement a ON h.digit = 1 AND a.id = h.source
UNION ALL
SELECT h.place, h.id, 'parties', p.ref, NULL, p.name, NULL, NULL
FROM hit h JOIN party p ON h.digit = 2 AND p.id = h.source
UNION ALL
SELECT h.place, h.id, 'obligations', a.ref || '/O' || x.number, a.ref, a.title, NULL, NULL
FROM hit h JOIN obligation x ON h.digit = 3 AND x.id = h.source JOIN agreement a ON a.id = x.agreement_id
UNION ALL
SELECT h.place, h.id, 'activities', a.ref || '/A' || x.number, a.ref, x.title, NULL, NULL
FROM hit h JOIN activity x ON h.digit = 4 AND x.id = h.source JOIN agreement a ON a.id = x.agreement_id
UNION ALL
SELECT h.place, h.id, 'notes', a.ref || '/N' || x.number, a.ref, a.title, NULL, NULL
FROM hit h JOIN note x ON h.digit = 5 AND x.id = h.source JOIN agreement a ON a.id = x.agreement_id
UNION ALL
SELECT h.place, h.id, 'figures', a.ref || '/F' || x.number, a.ref, x.what, NULL, NULL
FROM hit h JOIN figure x ON h.digit = 6 AND x.id = h.source JOIN agreement a ON a.id = x.agreement_id
UNION ALL
SELECT h.place, h.id, 'documents', a.ref || '/D' || x.number, a.ref, coalesce(x.title, x.file), x.file, NULL
FROM hit h JOIN document x ON h.digit = 7 AND x.id = h.source JOIN agreement a ON a.id = x.agreement_id
UNION ALL
SELECT h.place, h.id, 'documents', a.ref || '/D' || x.number, a.ref, coalesce(x.title, x.file), x.file, g.page
FROM hit h JOIN file_page g ON h.digit = 8 AND g.id = h.source JOIN kept_file k ON k.id = g.file_id
JOIN document x ON x.sha256 = k.sha256 JOIN agreement a ON a.id = x.agreement_id
WHERE 1 = 1
  AND a.id IN (SELECT value FROM json_each(:chosen))  -- when chosen
UNION ALL
SELECT h.place, h.id, 'documents', p.ref || '/D' || x.number, NULL, coalesce(x.title, x.file), x.file, g.page
FROM hit h JOIN file_page g ON h.digit = 8 AND g.id = h.source JOIN kept_file k ON k.id = g.file_id
JOIN party_document x ON x.sha256 = k.sha256 JOIN party p ON p.id = x.party_id
WHERE 1 = 1
  AND :chosen IS NULL  -- when chosen
UNION ALL
SELECT h.place, h.id, 'documents', p.ref || '/D' || x.number, NULL, coalesce(x.title, x.file), x.file, NULL
FROM hit h JOIN party_document x ON h.digit = 9 AND x.id = h.source JOIN party p ON p.id = x.party_id
ORDER BY 1, 4
