-- Who is on a list, in its order, at which stage, with which tags and how many notes? The latest event of each kind
-- that nobody took back decides; somebody taken off and put on again is at the end, with stage, tags and notes kept.
WITH
-- include: desk/shortlists/in_force
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
),

-- include: access/blind_review/viewer
,
texts_to_mask AS (
    SELECT f.candidate_id, 'headline' AS kind, c.headline AS body
    FROM folded AS f
    INNER JOIN hiring.candidates AS c ON f.candidate_id = c.candidate_id
    INNER JOIN viewer AS v ON v.is_blind
    UNION ALL
    SELECT f.candidate_id, 'reason' AS kind, f.reason AS body
    FROM folded AS f
    INNER JOIN viewer AS v ON v.is_blind
    UNION ALL
    SELECT f.candidate_id, 'tags' AS kind, f.tags AS body
    FROM folded AS f
    INNER JOIN viewer AS v ON v.is_blind
),

-- include: access/blind_review/masked_texts
,
masked AS (
    SELECT
        candidate_id,
        MAX(CASE WHEN kind = 'headline' THEN body END) AS headline,
        MAX(CASE WHEN kind = 'reason' THEN body END) AS reason,
        MAX(CASE WHEN kind = 'tags' THEN body END) AS tags
    FROM masked_texts
    GROUP BY candidate_id
)

SELECT
    ROW_NUMBER() OVER (ORDER BY f.position, f.placed_at, f.candidate_id) AS place_in_list,
    f.candidate_id,
    CASE WHEN v.is_blind THEN 'Candidate ' || UPPER(SUBSTRING(MD5(f.candidate_id), 1, 6)) ELSE c.name END AS name,
    CASE WHEN v.is_blind THEN m.headline ELSE c.headline END AS headline,
    c.city,
    c.region,
    c.country,
    c.seniority,
    c.years_experience,
    COALESCE(f.stage, 'New') AS stage,
    CASE WHEN v.is_blind THEN m.reason ELSE f.reason END AS reason,
    CASE WHEN v.is_blind THEN m.tags ELSE f.tags END AS tags,
    f.notes,
    f.added_by,
    f.added_at,
    f.position
FROM folded AS f
CROSS JOIN viewer AS v
LEFT JOIN hiring.candidates AS c ON f.candidate_id = c.candidate_id
LEFT JOIN masked AS m ON f.candidate_id = m.candidate_id
WHERE f.membership = 'added'
ORDER BY place_in_list;
