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

-- name: register_known
-- What a register may say of one agreement in its own words: the ids of its parties, its days as worked out.
SELECT (SELECT group_concat(x.party_id, ' ') FROM participation x WHERE x.agreement_id = a.id) AS parties,
       a.in_force_text AS in_force,
       (SELECT t.to_day FROM term t
        WHERE t.agreement_id = a.id AND (t.from_day IS NULL OR t.from_day <= :day)
        ORDER BY t.number DESC LIMIT 1) AS ends
FROM agreement a
WHERE a.ref = :ref
