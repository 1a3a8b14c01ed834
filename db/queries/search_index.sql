-- What the search index has to hold (tracker.store.search_index).

-- name: search_now
-- The rows of the index that `search_stale` names, as they are to be now, by the digit of its kind: 1 agreements, 2 parties with all their names, 3 obligations,
-- 4 activities, 5 notes, 6 figures, 7 documents, 8 pages of files that a document names, 9 documents of parties.
WITH search_now AS MATERIALIZED (SELECT DISTINCT id FROM search_stale)
SELECT s.id, x.ref || ' ' || x.title AS title, x.summary AS words
FROM search_now s JOIN agreement x ON x.id = s.id >> 4 AND s.id & 15 = 1
UNION ALL
SELECT s.id,
       x.name || coalesce(' ' || x.acronym, '')
       || coalesce(' ' || (SELECT group_concat(n.name, ' ') FROM party_name n WHERE n.party_id = x.id), ''), NULL
FROM search_now s JOIN party x ON x.id = s.id >> 4 AND s.id & 15 = 2
UNION ALL
SELECT s.id, NULL, x.text || coalesce(' ' || x.clause, '')
FROM search_now s JOIN obligation x ON x.id = s.id >> 4 AND s.id & 15 = 3
UNION ALL
SELECT s.id, x.title, x.place
FROM search_now s JOIN activity x ON x.id = s.id >> 4 AND s.id & 15 = 4
UNION ALL
SELECT s.id, NULL, x.text
FROM search_now s JOIN note x ON x.id = s.id >> 4 AND s.id & 15 = 5
UNION ALL
SELECT s.id, x.what,
       x.value || coalesce(' ' || x.unit, '') || coalesce(' ' || x.period, '') || coalesce(' ' || x.source, '')
FROM search_now s JOIN figure x ON x.id = s.id >> 4 AND s.id & 15 = 6
UNION ALL
SELECT s.id, coalesce(x.title || ' ', '') || x.file, NULL
FROM search_now s JOIN document x ON x.id = s.id >> 4 AND s.id & 15 = 7
UNION ALL
SELECT s.id, NULL, x.text
FROM search_now s JOIN file_page x ON x.id = s.id >> 4 AND s.id & 15 = 8
JOIN kept_file k ON k.id = x.file_id
WHERE EXISTS (SELECT 1 FROM document d WHERE d.sha256 = k.sha256)
   OR EXISTS (SELECT 1 FROM party_document d WHERE d.sha256 = k.sha256)
UNION ALL
SELECT s.id, coalesce(x.title || ' ', '') || x.file, NULL
FROM search_now s JOIN party_document x ON x.id = s.id >> 4 AND s.id & 15 = 9

-- name: search_everything
-- The numbers of everything that can be found, and of everything the index holds.
SELECT rowid AS id FROM search
UNION ALL SELECT id * 16 + 1 FROM agreement
UNION ALL SELECT id * 16 + 2 FROM party
UNION ALL SELECT id * 16 + 3 FROM obligation
UNION ALL SELECT id * 16 + 4 FROM activity
UNION ALL SELECT id * 16 + 5 FROM note
UNION ALL SELECT id * 16 + 6 FROM figure
UNION ALL SELECT id * 16 + 7 FROM document
UNION ALL SELECT id * 16 + 8 FROM file_page
UNION ALL SELECT id * 16 + 9 FROM party_document
