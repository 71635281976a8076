-- Which pairs are examples, looked back from some moments, and how many others are drawn beside them? CTEs to be spliced in
-- (include) after windows (number, as_of, until, is_holdout, others_per_posting, negatives_per_positive); end with
-- known_candidates, on_posting and contrasted.
--
-- A pair counts by the day of its own first event: what came before as_of is known by then, so whoever was on the posting
-- already is neither an example nor one of the others. It has to be a posting opened since then, as those are for which
-- somebody looks for people; or an evergreen one: open for two years, or of no known opening day. Where opening days say
-- little of when people come (a quarter of them came to newly opened postings, or fewer), every posting counts.
--
-- Newcomers were not put forward before as_of. That they are in the data at all may come from what they did later, so a
-- model that knew how many of them there are would know the future. Therefore others are drawn from newcomers and from
-- people with a history apart, in each as many for one who did well: being new says nothing by itself.
-- include: models/happened
,
-- include: models/described
,
signs_of_people AS (
    SELECT w.number, h.candidate_key, 0 AS is_newcomer
    FROM windows AS w
    INNER JOIN happened AS h
        ON h.occurred_at < w.as_of AND h.target >= 0.5 AND (h.taken_back_at IS NULL OR h.taken_back_at >= w.as_of)
    UNION ALL
    SELECT w.number, d.candidate_key, 1 AS is_newcomer
    FROM windows AS w
    CROSS JOIN described AS d
),

known_candidates AS (
    SELECT number, candidate_key, MIN(is_newcomer) AS is_newcomer
    FROM signs_of_people
    GROUP BY number, candidate_key
),

-- Everybody on a posting by the end of a window. The label is the furthest stage, of those who came to it in the window.
on_posting AS (
    SELECT
        w.number,
        h.posting_key,
        h.candidate_key,
        k.is_newcomer,
        CASE WHEN MIN(h.occurred_at) >= MIN(w.as_of) THEN MAX(h.target) END AS label
    FROM windows AS w
    INNER JOIN happened AS h
        ON h.occurred_at < w.until AND h.taken_back_at IS NULL AND (NOT w.is_holdout OR NOT h.is_decision)
    INNER JOIN known_candidates AS k ON w.number = k.number AND h.candidate_key = k.candidate_key
    GROUP BY w.number, h.posting_key, h.candidate_key, k.is_newcomer
),

came_to AS (
    SELECT
        o.number,
        o.posting_key,
        COUNT(o.label) AS people,
        MAX(CASE WHEN p.opened_on >= CAST(w.as_of AS DATE) THEN 1 ELSE 0 END) AS is_fresh,
        MAX(CASE WHEN p.opening_is_known AND p.opened_on > DATEADD(YEAR, -2, CAST(w.as_of AS DATE)) THEN 0 ELSE 1 END) AS is_evergreen
    FROM on_posting AS o
    INNER JOIN windows AS w ON o.number = w.number
    INNER JOIN features.posting_facts AS p ON o.posting_key = p.posting_key
    GROUP BY o.number, o.posting_key
),

-- Of those who came to postings with an opening day.
openings AS (
    SELECT
        number,
        SUM(CASE WHEN is_evergreen = 0 THEN people ELSE 0 END) AS people,
        SUM(CASE WHEN is_evergreen = 0 THEN people * is_fresh ELSE 0 END) AS to_fresh_ones
    FROM came_to
    GROUP BY number
),

counting_postings AS (
    SELECT c.number, c.posting_key
    FROM came_to AS c
    INNER JOIN openings AS o ON c.number = o.number
    WHERE c.is_fresh = 1 OR c.is_evergreen = 1 OR o.to_fresh_ones * 4 <= o.people
),

pools AS (
    SELECT number, is_newcomer, COUNT(*) AS size
    FROM known_candidates
    GROUP BY number, is_newcomer
),

groups_of_people AS (
    SELECT
        o.number,
        o.posting_key,
        o.is_newcomer,
        COUNT(*) AS already_on,
        COUNT(o.label) AS outcomes,
        SUM(CASE WHEN o.label >= 0.5 THEN 1 ELSE 0 END) AS positives,
        MAX(p.size) - COUNT(*) AS available
    FROM on_posting AS o
    INNER JOIN counting_postings AS c ON o.number = c.number AND o.posting_key = c.posting_key
    INNER JOIN pools AS p ON o.number = p.number AND o.is_newcomer = p.is_newcomer
    GROUP BY o.number, o.posting_key, o.is_newcomer
),

sizes AS (
    SELECT number, SUM(size) AS size
    FROM pools
    GROUP BY number
),

-- How many others for each one who did well: as many as a draw from everybody would leave without those who came. And does
-- any group have as many to draw from as did well in it?
contrasts AS (
    SELECT
        g.number,
        g.posting_key,
        (1 - SUM(g.outcomes) / CAST(MAX(s.size) AS DOUBLE PRECISION))
        * CASE
            WHEN MAX(w.negatives_per_positive) > 0
                THEN LEAST(1000, MAX(w.negatives_per_positive) * SUM(g.positives))
            WHEN MAX(w.others_per_posting) > 0
                THEN LEAST(200, GREATEST(MAX(w.others_per_posting), SUM(g.outcomes) / 2))
            ELSE 0
        END / CAST(SUM(g.positives) AS DOUBLE PRECISION) AS others_each,
        MAX(CASE WHEN g.positives > 0 AND g.available >= g.positives THEN 1 ELSE 0 END) = 1 AS has_enough
    FROM groups_of_people AS g
    INNER JOIN windows AS w ON g.number = w.number
    INNER JOIN sizes AS s ON g.number = s.number
    GROUP BY g.number, g.posting_key
    HAVING SUM(g.positives) > 0
),

-- A group that is nearly all on the posting is left out, so that it does not take the contrast from the other one.
learnt_from AS (
    SELECT g.*, c.others_each, CASE WHEN g.positives > 0 THEN g.available / CAST(g.positives AS DOUBLE PRECISION) END AS room
    FROM groups_of_people AS g
    INNER JOIN contrasts AS c ON g.number = c.number AND g.posting_key = c.posting_key
    WHERE g.positives = 0 OR g.available >= g.positives OR NOT c.has_enough
),

contrasted AS (
    SELECT
        number,
        posting_key,
        is_newcomer,
        already_on,
        outcomes,
        positives,
        CAST(ROUND(positives * LEAST(others_each, MIN(room) OVER (PARTITION BY number, posting_key))) AS INTEGER) AS others
    FROM learnt_from
)
