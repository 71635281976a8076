-- Whose ids are on a list, in its order? What people.sql tells, without who they are: for changing the list.
WITH
-- include: desk/shortlists/in_force
,
changes AS (
    SELECT candidate_id, event_id, occurred_at, event, position, 'membership' AS facet
    FROM in_force
    WHERE event IN ('added', 'removed')
    UNION ALL
    SELECT candidate_id, event_id, occurred_at, event, position, 'place' AS facet
    FROM in_force
    WHERE event IN ('added', 'moved')
),

latest AS (
    SELECT
        changes.*,
        ROW_NUMBER() OVER (PARTITION BY candidate_id, facet ORDER BY occurred_at DESC, event_id DESC) AS recency
    FROM changes
),

folded AS (
    SELECT
        candidate_id,
        MAX(CASE WHEN facet = 'membership' THEN event END) AS membership,
        MAX(CASE WHEN facet = 'place' THEN position END) AS position,
        MAX(CASE WHEN facet = 'place' THEN occurred_at END) AS placed_at
    FROM latest
    WHERE recency = 1
    GROUP BY candidate_id
)

SELECT candidate_id, position
FROM folded
WHERE membership = 'added'
ORDER BY position, placed_at, candidate_id;
