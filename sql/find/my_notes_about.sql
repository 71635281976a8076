-- What was noted about these candidates on the lists that a user sees? Oldest first; masked in a blind review. The
-- candidates come as a JSON array of ids.
WITH listed AS (
    SELECT DISTINCT CAST(entry AS VARCHAR(64)) AS candidate_id
    FROM (SELECT JSON_PARSE(:listed) AS entries) AS given, given.entries AS entry
),

-- include: find/my_lists
,
noted AS (
    SELECT
        n.candidate_id,
        n.username,
        n.occurred_at,
        n.note,
        l.name AS list_name,
        CAST(ROW_NUMBER() OVER (ORDER BY n.occurred_at, n.shortlist_id, n.note) AS VARCHAR(20)) AS kind
    FROM my_notes AS n
    INNER JOIN my_lists AS l ON n.shortlist_id = l.shortlist_id
    INNER JOIN listed AS li ON n.candidate_id = li.candidate_id
),

texts_to_mask AS (
    SELECT candidate_id, kind, note AS body
    FROM noted
    WHERE :blind
),

-- include: blind/masked_texts

SELECT
    n.candidate_id,
    n.username,
    n.occurred_at,
    n.list_name,
    CASE WHEN :blind THEN m.body ELSE n.note END AS note
FROM noted AS n
LEFT JOIN masked_texts AS m ON n.kind = m.kind
ORDER BY n.occurred_at, n.kind;
