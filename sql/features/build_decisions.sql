-- What did recruiters decide in the app, in the words of the company's own stages, and whom did they pass over?
-- A decision keeps the moment at which it was taken back: until then it was known, afterwards it counts for nothing.
-- Somebody turned down who had not been put forward counts as not suitable, and so does somebody who was shown above
-- a person that was chosen: they were seen and left. Who was shown below says nothing, they may not have been seen.
DELETE FROM features.decisions;

INSERT INTO features.decisions (
    posting_key, candidate_key, stage, stage_order, target, decided_at, taken_back_at
)
WITH undone AS (
    SELECT undoes, MIN(decided_at) AS undone_at
    FROM app.decisions
    WHERE decision = 'undone'
    GROUP BY undoes
),

made AS (
    SELECT d.*, u.undone_at
    FROM app.decisions AS d
    LEFT JOIN undone AS u ON d.event_id = u.undoes
    WHERE d.decision NOT IN ('undone', 'wrong_reason') AND d.posting_id IS NOT NULL
),

taken_off AS (
    SELECT m.event_id, m.candidate_id, MIN(r.decided_at) AS removed_at
    FROM made AS m
    INNER JOIN made AS r
        ON
            m.shortlist_id = r.shortlist_id
            AND m.candidate_id = r.candidate_id
            AND r.decision = 'removed'
            AND r.undone_at IS NULL
            AND m.decided_at < r.decided_at
    WHERE m.decision = 'shortlisted'
    GROUP BY m.event_id, m.candidate_id
),

keyed AS (
    SELECT
        p.posting_key,
        c.candidate_key,
        m.decision,
        LOWER(m.stage) AS stage,
        m.view_id,
        m.rank,
        m.decided_at,
        LEAST(m.undone_at, t.removed_at) AS taken_back_at
    FROM made AS m
    INNER JOIN features.posting_facts AS p ON m.posting_id = p.posting_id
    INNER JOIN features.candidate_facts AS c ON m.candidate_id = c.candidate_id
    LEFT JOIN taken_off AS t ON m.event_id = t.event_id AND m.candidate_id = t.candidate_id
    WHERE m.decision <> 'removed'
),

-- Since when is each pair one of somebody put forward?
forward AS (
    SELECT posting_key, candidate_key, MIN(since) AS since
    FROM (
        SELECT posting_key, candidate_key, decided_at AS since
        FROM keyed
        WHERE decision IN ('shortlisted', 'contacted', 'stage') AND taken_back_at IS NULL
        UNION ALL
        SELECT posting_key, candidate_key, occurred_at AS since
        FROM features.events
        WHERE target >= 0.5
    ) AS steps
    GROUP BY posting_key, candidate_key
),

told AS (
    SELECT
        k.posting_key,
        k.candidate_key,
        CASE
            WHEN k.decision IN ('rejected', 'not_for_posting') AND f.since IS NULL THEN 'turned down'
            WHEN k.decision IN ('rejected', 'not_for_posting') THEN 'rejected'
            WHEN k.stage = 'hired' THEN 'hired'
            WHEN POSITION('offer' IN k.stage) > 0 THEN 'offered'
            WHEN POSITION('interview' IN k.stage) > 0 THEN 'interviewed'
            ELSE 'shortlisted'
        END AS stage,
        k.decided_at,
        k.taken_back_at
    FROM keyed AS k
    LEFT JOIN forward AS f
        ON k.posting_key = f.posting_key AND k.candidate_key = f.candidate_key AND f.since < k.decided_at
),

-- How far down a list did they get?
choices AS (
    SELECT view_id, MAX(rank) AS lowest_rank, MIN(decided_at) AS decided_at
    FROM keyed
    WHERE decision IN ('shortlisted', 'contacted') AND taken_back_at IS NULL AND rank IS NOT NULL
    GROUP BY view_id
),

passed_over AS (
    SELECT p.posting_key, c.candidate_key, MIN(choices.decided_at) AS decided_at
    FROM choices
    INNER JOIN app.lists_shown AS l ON choices.view_id = l.view_id
    INNER JOIN app.list_rows_shown AS r ON l.view_id = r.view_id AND r.rank < choices.lowest_rank
    INNER JOIN features.posting_facts AS p ON l.posting_id = p.posting_id
    INNER JOIN features.candidate_facts AS c ON r.candidate_id = c.candidate_id
    LEFT JOIN keyed AS k ON p.posting_key = k.posting_key AND c.candidate_key = k.candidate_key
    LEFT JOIN features.events AS e
        ON p.posting_key = e.posting_key AND c.candidate_key = e.candidate_key AND e.occurred_at < choices.decided_at
    WHERE k.posting_key IS NULL AND e.posting_key IS NULL
    GROUP BY p.posting_key, c.candidate_key
)

SELECT t.posting_key, t.candidate_key, t.stage, s.stage_order, s.target, t.decided_at, t.taken_back_at
FROM told AS t
INNER JOIN hiring.stages AS s ON t.stage = s.stage
UNION ALL
SELECT posting_key, candidate_key, stage, 0 AS stage_order, 0.0 AS target, decided_at, taken_back_at
FROM told
WHERE stage = 'turned down'
UNION ALL
SELECT
    posting_key,
    candidate_key,
    'passed over' AS stage,
    0 AS stage_order,
    0.0 AS target,
    decided_at,
    CAST(NULL AS TIMESTAMP) AS taken_back_at
FROM passed_over;
