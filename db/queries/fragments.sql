-- Parts that several statements share; `-- include NAME` on a line of its own stands for one of them.

-- fragment: party_named
-- The ids of the parties called :party, a folded name, acronym or reference.
SELECT q.id FROM party q
WHERE q.name_key = :party OR q.acronym_key = :party OR replace(q.ref, '-', ' ') = :party
   OR q.id IN (SELECT n.party_id FROM party_name n WHERE n.key = :party)

-- fragment: occurrence_state
-- The state of due date `c` of obligation `o` of agreement `a` on :day (rules/states.py).
CASE
    WHEN c.done_text IS NOT NULL AND (c.done_lower IS NULL OR c.done_lower <= :day) THEN 'fulfilled'
    WHEN c.waived_text IS NOT NULL AND (c.waived_lower IS NULL OR c.waived_lower <= :day) THEN 'waived'
    WHEN NOT o.survives AND a.last_day < c.due_on AND a.last_day < :day THEN 'lapsed'
    WHEN c.due_on < :day THEN 'overdue'
    ELSE 'pending'
END

-- fragment: last_day_of_term
-- The last day of the term that agreement `a` is in on :day, or the day before it ends earlier; once it is over, its
-- last day. Null where it is not in force yet, or where no end is known.
(SELECT min(day) FROM (
    SELECT (SELECT t.to_day FROM term t
            WHERE t.agreement_id = a.id AND (t.from_day IS NULL OR t.from_day <= :day)
            ORDER BY t.number DESC LIMIT 1) AS day
    UNION ALL
    SELECT a.last_day WHERE a.last_day < :day OR EXISTS (
        SELECT 1 FROM term t WHERE t.agreement_id = a.id AND (t.from_day IS NULL OR t.from_day <= :day))))

-- fragment: standing_on_day
-- The standing `s` of agreement `a` on :day; an agreement without one is not listed.
JOIN standing s ON s.agreement_id = a.id
    AND (s.from_day IS NULL OR s.from_day <= :day)
    AND (s.to_day IS NULL OR s.to_day >= :day)

-- fragment: agreement_filters
-- Conditions on agreement `a`; party is a folded name, responsible a folded name or a reference.
  AND lower(a.ref) = lower(:agreement)  -- when agreement
  AND a.kind = :kind  -- when kind
  AND EXISTS (SELECT 1 FROM agreement_country y WHERE y.agreement_id = a.id AND y.country = :country)  -- when country
  AND a.id IN (SELECT y.agreement_id FROM participation y WHERE y.party_id IN (  -- when party
-- include party_named  -- when party
  ))  -- when party

-- fragment: scopes_below
-- The ids of scope area :scope and of all areas under it.
WITH RECURSIVE below(id) AS (
    SELECT id FROM scope_area WHERE code = :scope
    UNION
    SELECT x.id FROM scope_area x JOIN below ON x.parent_id = below.id
)
SELECT id FROM below

-- fragment: activity_filters
-- Conditions on activity `v` of agreement `a`.
  AND lower(a.ref) = lower(:agreement)  -- when agreement
  AND v.number = :number  -- when number
  AND v.kind = :kind  -- when kind
  AND v.status = :status  -- when status
  AND v.status IN ('planned', 'postponed') AND coalesce(v.until_upper, v.on_upper) < :day AND 1 = :overdue  -- when overdue
  AND v.status IN ('planned', 'postponed') AND v.on_lower <= :until  -- when until
  AND EXISTS (SELECT 1 FROM agreement_country y WHERE y.agreement_id = a.id AND y.country = :country)  -- when country
  AND (v.id IN (SELECT x.activity_id FROM attendance x WHERE x.party_id IN (  -- when party
-- include party_named  -- when party
       )) OR a.id IN (SELECT x.agreement_id FROM participation x WHERE x.party_id IN (  -- when party
-- include party_named  -- when party
       )))  -- when party
  AND v.id IN (SELECT x.activity_id FROM activity_scope x WHERE x.scope_id IN (  -- when scope
-- include scopes_below  -- when scope
  ))  -- when scope
  AND fold(v.title || ' ' || coalesce(v.place, '') || ' ' || a.title) LIKE :text ESCAPE '\'  -- when text
