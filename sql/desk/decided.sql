-- What was decided about these candidates for one posting, by whom and why? The latest first; what was taken back, or
-- was done on lists that the user does not see, is left out; reasons are masked in a blind review.
WITH
-- include: matching/listed
,
-- include: desk/my_lists
,
-- include: desk/decisions/decided_here
,
found AS (
    SELECT d.*
    FROM decided_here AS d
    INNER JOIN listed AS l ON d.candidate_id = l.candidate_id
),

texts_to_mask AS (
    SELECT candidate_id, event_id AS kind, reason AS body
    FROM found
    WHERE :blind
),

-- include: access/blind_review/masked_texts

SELECT
    f.candidate_id,
    f.event_id,
    f.decided_at,
    f.username,
    f.decision,
    f.stage,
    CASE WHEN :blind THEN m.body ELSE f.reason END AS reason,
    f.shortlist_id,
    f.list_name
FROM found AS f
LEFT JOIN masked_texts AS m ON f.event_id = m.kind AND f.candidate_id = m.candidate_id
ORDER BY f.decided_at DESC, f.event_id DESC, f.candidate_id;
