-- Parts that several statements share; `-- include NAME` on a line of its own stands for one of them.

-- fragment: party_named
-- The ids of the parties called :party, a folded name, acronym or reference.
SELECT q.id FROM party q WHERE q.name_key = :party
UNION ALL SELECT q.id FROM party q WHERE q.acronym_key = :party
UNION ALL SELECT q.id FROM party q WHERE q.ref = replace(:party, ' ', '-')
UNION ALL SELECT n.party_id FROM party_name n WHERE n.key = :party

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
coalesce(
    (SELECT CASE WHEN t.to_day IS NULL OR a.last_day < t.to_day THEN a.last_day ELSE t.to_day END FROM term t
     WHERE t.agreement_id = a.id AND (t.from_day IS NULL OR t.from_day <= :day)
     ORDER BY t.number DESC LIMIT 1),
    CASE WHEN a.last_day < :day THEN a.last_day END)

-- fragment: standing_on_day
-- The standing `s` of agreement `a` on :day; an agreement without one is not listed.
JOIN standing s ON s.agreement_id = a.id
    AND (s.from_day IS NULL OR s.from_day <= :day)
    AND (s.to_day IS NULL OR s.to_day >= :day)

-- fragment: scopes_below
-- The ids of scope area :scope and of all areas under it.
WITH RECURSIVE below(id) AS (
    SELECT id FROM scope_area WHERE code = :scope
    UNION
    SELECT x.id FROM scope_area x JOIN below ON x.parent_id = below.id
)
SELECT id FROM below

-- fragment: agreement_chosen
-- Conditions on agreement `a` that every listing has. :few holds the ids of the agreements that the rarest of the filters
-- leaves, where these are not many (store/narrowing.py): they are then begun with. Without it every condition is asked of
-- each row in the order of the listing.
  AND a.ref = :agreement  -- when agreement
  AND a.id IN (SELECT value FROM json_each(:few))  -- when few
  AND EXISTS (SELECT 1 FROM agreement_country y WHERE y.agreement_id = a.id AND y.country = :country)  -- when country

-- fragment: agreement_filters
-- Conditions on agreement `a`; party is a folded name.
-- include agreement_chosen
  AND a.kind = :kind  -- when kind
  AND EXISTS (SELECT 1 FROM participation y WHERE y.agreement_id = a.id AND y.party_id IN (  -- when party
-- include party_named  -- when party
  ))  -- when party
  AND EXISTS (SELECT 1 FROM agreement_scope y WHERE y.agreement_id = a.id AND y.scope_id IN (  -- when scope
-- include scopes_below  -- when scope
  ))  -- when scope

-- fragment: open_besides
-- The ids of due dates that were fulfilled or waived only after :day, and so were open on it; and where :until is given,
-- of open ones known as a range that begins by then and ends later.
SELECT z.id FROM occurrence z WHERE z.done_lower > :day
  AND z.warn_on <= :until  -- when until
UNION SELECT z.id FROM occurrence z WHERE z.waived_lower > :day
  AND z.warn_on <= :until  -- when until
UNION SELECT z.id FROM occurrence z WHERE z.done_text IS NULL AND z.waived_text IS NULL  -- when until
  AND z.warn_on < z.due_on AND z.warn_on <= :until AND z.due_on > :until  -- when until

-- fragment: activity_filters
-- Conditions on activity `v` of agreement `a`.
-- include agreement_chosen
  AND v.number = :number  -- when number
  AND v.kind = :kind  -- when kind
  AND v.status = :status  -- when status
  AND v.status IN ('planned', 'postponed') AND coalesce(v.until_upper, v.on_upper) < :day AND 1 = :overdue  -- when overdue
  AND v.status IN ('planned', 'postponed') AND v.on_lower <= :until  -- when until
  AND (EXISTS (SELECT 1 FROM attendance y WHERE y.activity_id = v.id AND y.party_id IN (  -- when party
-- include party_named  -- when party
       )) OR EXISTS (SELECT 1 FROM participation y WHERE y.agreement_id = a.id AND y.party_id IN (  -- when party
-- include party_named  -- when party
       )))  -- when party
  AND EXISTS (SELECT 1 FROM activity_scope y WHERE y.activity_id = v.id AND y.scope_id IN (  -- when scope
-- include scopes_below  -- when scope
  ))  -- when scope
  AND fold(v.title || ' ' || coalesce(v.place, '') || ' ' || a.title) LIKE :text ESCAPE '\'  -- when text
