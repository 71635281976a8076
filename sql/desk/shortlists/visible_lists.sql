-- Which lists may a user see, with which right, and what is each? A user's own and those shared with them; of one list
-- only if one is named. What a list is called, whether it is archived and who may do what follows from the
-- latest event of each kind that nobody took back.
WITH taken_back AS (
    SELECT DISTINCT shortlist_id, undoes
    FROM app.shortlist_events
    WHERE event = 'undone'
),

mine_or_shared AS (
    SELECT DISTINCT shortlist_id
    FROM app.shortlist_events
    WHERE
        ((event = 'created' AND username = :username) OR (event = 'shared' AND value = :username))
        AND (CAST(:shortlist_id AS VARCHAR(32)) IS NULL OR shortlist_id = :shortlist_id)
),

-- A number that grows with every change of what a list shows, which is another one in a blind review.
revisions AS (
    SELECT e.shortlist_id, COUNT(*) + (SELECT COUNT(*) FROM app.blind_events) AS revision
    FROM app.shortlist_events AS e
    INNER JOIN mine_or_shared AS m ON e.shortlist_id = m.shortlist_id
    GROUP BY e.shortlist_id
),

changes AS (
    SELECT
        e.*,
        CASE
            WHEN e.event IN ('created', 'renamed') THEN 'name'
            WHEN e.event IN ('archived', 'restored') THEN 'archived'
            WHEN e.event = 'shared' THEN 'shared with ' || e.value
            WHEN e.event IN ('added', 'removed') THEN 'person ' || e.candidate_id
            ELSE e.event
        END AS facet
    FROM app.shortlist_events AS e
    INNER JOIN mine_or_shared AS m ON e.shortlist_id = m.shortlist_id
    LEFT JOIN taken_back AS t ON e.shortlist_id = t.shortlist_id AND e.event_id = t.undoes
    WHERE e.event <> 'undone' AND t.undoes IS NULL
),

latest AS (
    SELECT
        changes.*,
        ROW_NUMBER() OVER (PARTITION BY shortlist_id, facet ORDER BY occurred_at DESC, event_id DESC) AS recency,
        ROW_NUMBER() OVER (PARTITION BY shortlist_id ORDER BY occurred_at DESC, event_id DESC) AS overall_recency
    FROM changes
),

folded AS (
    SELECT
        shortlist_id,
        MAX(CASE WHEN facet = 'name' AND recency = 1 THEN value END) AS name,
        MAX(CASE WHEN event = 'created' THEN username END) AS owner,
        MAX(CASE WHEN event = 'created' THEN posting_id END) AS posting_id,
        MAX(CASE WHEN event = 'archived' AND recency = 1 THEN 1 ELSE 0 END) = 1 AS is_archived,
        MAX(CASE WHEN event = 'shared' AND value = :username AND recency = 1 THEN detail END) AS given_right,
        MAX(CASE WHEN event = 'stages' AND recency = 1 THEN value END) AS stages,
        SUM(CASE WHEN event = 'added' AND recency = 1 THEN 1 ELSE 0 END) AS people,
        MAX(CASE WHEN overall_recency = 1 THEN username END) AS changed_by,
        MAX(occurred_at) AS changed_at
    FROM latest
    GROUP BY shortlist_id
)

SELECT
    f.shortlist_id,
    f.name,
    f.owner,
    f.posting_id,
    p.title AS posting_title,
    p.company AS posting_company,
    f.is_archived,
    CASE WHEN f.owner = :username THEN 'own' ELSE f.given_right END AS access,
    f.stages,
    f.people,
    f.changed_by,
    f.changed_at,
    r.revision
FROM folded AS f
INNER JOIN revisions AS r ON f.shortlist_id = r.shortlist_id
LEFT JOIN hiring.postings AS p ON f.posting_id = p.posting_id
WHERE f.owner = :username OR f.given_right IN ('read', 'edit')
ORDER BY f.is_archived, f.changed_at DESC, f.shortlist_id;
