-- name: register_agreements
-- Every agreement by what tells it apart in a register: title, parties and signature.
SELECT a.ref, a.title,
       (SELECT group_concat(id, ' ') FROM (SELECT DISTINCT x.party_id AS id FROM participation x
        WHERE x.agreement_id = a.id ORDER BY x.party_id)) AS parties,
       (SELECT e.on_text FROM event e WHERE e.agreement_id = a.id AND e.kind = 'signed' ORDER BY e.number LIMIT 1) AS signed
FROM agreement a
ORDER BY a.id

-- name: register_standing
-- The standing of one agreement on a day.
SELECT s.status, s.from_day
FROM standing s JOIN agreement a ON a.id = s.agreement_id
WHERE a.ref = :ref AND coalesce(s.from_day, '') <= :day AND coalesce(s.to_day, '9999-12-31') >= :day
