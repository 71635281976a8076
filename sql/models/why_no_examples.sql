-- Why are there no examples, or so few? What there is of everything that an example takes, in one row: postings, people,
-- events and their days; pairs (a candidate on a posting, beyond views), by when they came about and by what was known of
-- the candidate then; and which facts about people have no counterpart in the postings.
WITH
-- include: models/described
,
all_events AS (
    SELECT
        COUNT(*) AS events,
        COALESCE(SUM(CASE WHEN target >= 0.5 THEN 1 ELSE 0 END), 0) AS relevant_events,
        COUNT(DISTINCT CAST(occurred_at AS DATE)) AS days,
        MIN(occurred_at) AS first_at,
        MAX(occurred_at) AS last_at
    FROM features.events
),

pairs AS (
    SELECT
        posting_key,
        candidate_key,
        MIN(occurred_at) AS began_at,
        MIN(CASE WHEN target >= 0.5 THEN occurred_at END) AS forward_at
    FROM features.events
    GROUP BY posting_key, candidate_key
    HAVING MAX(target) >= 0.5
),

first_forward AS (
    SELECT candidate_key, MIN(forward_at) AS first_at
    FROM pairs
    GROUP BY candidate_key
),

-- At its first event: has the candidate a history elsewhere, or a text or fact of their own?
known_pairs AS (
    SELECT
        p.posting_key,
        p.candidate_key,
        p.began_at,
        CASE WHEN d.candidate_key IS NULL AND f.first_at >= p.began_at THEN 1 ELSE 0 END AS is_unknown
    FROM pairs AS p
    INNER JOIN first_forward AS f ON p.candidate_key = f.candidate_key
    LEFT JOIN described AS d ON p.candidate_key = d.candidate_key
),

all_pairs AS (
    SELECT
        COUNT(*) AS pairs,
        COALESCE(SUM(is_unknown), 0) AS unknown_pairs,
        COUNT(DISTINCT CASE WHEN is_unknown = 1 THEN candidate_key END) AS unknown_people,
        COUNT(DISTINCT candidate_key) AS people_on_postings,
        COUNT(DISTINCT posting_key) AS postings_with_people,
        COUNT(DISTINCT CAST(began_at AS DATE)) AS pair_days,
        MIN(began_at) AS first_pair_at,
        MAX(began_at) AS last_pair_at
    FROM known_pairs
),

all_postings AS (
    SELECT COUNT(*) AS postings
    FROM features.posting_facts
),

all_people AS (
    SELECT
        COUNT(*) AS candidates,
        COUNT(w.candidate_key) AS with_text,
        COUNT(c.city_key) AS with_city,
        COUNT(c.region_key) AS with_region,
        COUNT(c.country_key) AS with_country,
        COUNT(c.seniority_key) AS with_seniority,
        COUNT(c.education_key) AS with_education
    FROM features.candidate_facts AS c
    LEFT JOIN (SELECT DISTINCT candidate_key FROM features.candidate_words) AS w ON c.candidate_key = w.candidate_key
)

SELECT
    e.events,
    e.relevant_events,
    e.days,
    e.first_at,
    e.last_at,
    p.pairs,
    p.unknown_pairs,
    p.unknown_people,
    p.people_on_postings,
    p.postings_with_people,
    p.pair_days,
    p.first_pair_at,
    p.last_pair_at,
    a.postings,
    c.candidates,
    c.with_text,
    CASE WHEN s.cities THEN 0 ELSE c.with_city END AS only_city,
    CASE WHEN s.regions THEN 0 ELSE c.with_region END AS only_region,
    CASE WHEN s.countries THEN 0 ELSE c.with_country END AS only_country,
    CASE WHEN s.levels THEN 0 ELSE c.with_seniority END AS only_seniority,
    CASE WHEN s.educations THEN 0 ELSE c.with_education END AS only_education
FROM all_events AS e
CROSS JOIN all_pairs AS p
CROSS JOIN all_postings AS a
CROSS JOIN all_people AS c
CROSS JOIN stated AS s;
