-- Who is on a list, in its order, at which stage, with which tags and how many notes? The latest event of each kind
-- that nobody took back decides; somebody taken off and put on again is at the end, with stage, tags and notes kept.
WITH
-- include: shortlist/in_force
,
changes AS (
    SELECT candidate_id, event_id, occurred_at, username, event, value, detail, position, 'membership' AS facet
    FROM in_force
    WHERE event IN ('added', 'removed')
    UNION ALL
    SELECT candidate_id, event_id, occurred_at, username, event, value, detail, position, 'place' AS facet
    FROM in_force
    WHERE event IN ('added', 'moved')
    UNION ALL
    SELECT candidate_id, event_id, occurred_at, username, event, value, detail, position, 'stage' AS facet
    FROM in_force
    WHERE event = 'stage'
    UNION ALL
    SELECT candidate_id, event_id, occurred_at, username, event, value, detail, position, 'tag ' || LOWER(value) AS facet
    FROM in_force
    WHERE event IN ('tagged', 'untagged')
    UNION ALL
    SELECT candidate_id, event_id, occurred_at, username, event, value, detail, position, 'note ' || event_id AS facet
    FROM in_force
    WHERE event = 'note'
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
        MAX(CASE WHEN facet = 'membership' THEN username END) AS added_by,
        MAX(CASE WHEN facet = 'membership' THEN occurred_at END) AS added_at,
        MAX(CASE WHEN facet = 'place' THEN position END) AS position,
        MAX(CASE WHEN facet = 'place' THEN occurred_at END) AS placed_at,
        MAX(CASE WHEN facet = 'stage' THEN value END) AS stage,
        MAX(CASE WHEN facet = 'stage' THEN detail END) AS reason,
        LISTAGG(CASE WHEN event = 'tagged' THEN value END, '; ') WITHIN GROUP (ORDER BY value) AS tags,
        SUM(CASE WHEN event = 'note' THEN 1 ELSE 0 END) AS notes
    FROM latest
    WHERE recency = 1
    GROUP BY candidate_id
)

SELECT
    ROW_NUMBER() OVER (ORDER BY f.position, f.placed_at, f.candidate_id) AS place_in_list,
    f.candidate_id,
    c.name,
    c.headline,
    c.city,
    c.region,
    c.country,
    c.seniority,
    c.years_experience,
    COALESCE(f.stage, 'New') AS stage,
    f.reason,
    f.tags,
    f.notes,
    f.added_by,
    f.added_at,
    f.position
FROM folded AS f
LEFT JOIN hiring.candidates AS c ON f.candidate_id = c.candidate_id
WHERE f.membership = 'added'
ORDER BY place_in_list;
