-- Which postings suit one candidate best? Postings that share words with the candidate (own words and those of past
-- postings) are retrieved first, others where these are few; then scored by the same features and model as in the other direction.
WITH
-- include: matching/posting_states
,
candidate AS (
    SELECT candidate_key
    FROM features.candidate_facts
    WHERE candidate_id = :candidate_id
),

wanted_values AS (
    SELECT kind, value_key
    FROM features.value_keys
    WHERE
        (kind = 'seniority' AND POSITION(';' || value || ';' IN CAST(:seniorities AS VARCHAR(65535))) > 0)
        OR (kind IN ('city', 'region', 'country') AND value = CAST(:place AS VARCHAR(256)))
),

eligible_postings AS (
    SELECT p.posting_key
    FROM features.posting_facts AS p
    INNER JOIN posting_states AS o ON p.posting_key = o.posting_key
    LEFT JOIN wanted_values AS city ON city.kind = 'city' AND p.city_key = city.value_key
    LEFT JOIN wanted_values AS region ON region.kind = 'region' AND p.region_key = region.value_key
    LEFT JOIN wanted_values AS country ON country.kind = 'country' AND p.country_key = country.value_key
    LEFT JOIN wanted_values AS seniority ON seniority.kind = 'seniority' AND p.seniority_key = seniority.value_key
    WHERE
        (:include_closed OR o.is_open)
        AND (
            CAST(:place AS VARCHAR(256)) IS NULL
            OR COALESCE(city.value_key, region.value_key, country.value_key) IS NOT NULL
        )
        AND (CAST(:seniorities AS VARCHAR(65535)) IS NULL OR seniority.value_key IS NOT NULL)
),

hits AS (
    SELECT p.posting_key, SUM(c.own_weight * p.weight) + SUM(c.history_weight * p.weight) AS relevance
    FROM candidate
    INNER JOIN features.candidate_terms AS c ON candidate.candidate_key = c.candidate_key
    INNER JOIN features.posting_terms AS p ON c.term_id = p.term_id
    INNER JOIN eligible_postings AS e ON p.posting_key = e.posting_key
    GROUP BY p.posting_key
),

ranked_hits AS (
    SELECT
        e.posting_key,
        ROW_NUMBER() OVER (ORDER BY COALESCE(h.relevance, 0) DESC, e.posting_key) AS hit_rank
    FROM eligible_postings AS e
    LEFT JOIN hits AS h ON e.posting_key = h.posting_key
),

targets AS (
    SELECT posting_key
    FROM ranked_hits
    WHERE hit_rank <= :pool
),

-- include: features/posting_similarity
,
pairs AS (
    SELECT t.posting_key, candidate.candidate_key
    FROM targets AS t
    CROSS JOIN candidate
),

-- include: features/shared_by_pairs
,
-- include: features/pair_features
,
scored AS (
    SELECT posting_key, candidate_key, {score_function}({features}) AS score
    FROM pair_features
),

ranked AS (
    SELECT posting_key, candidate_key, score, ROW_NUMBER() OVER (ORDER BY score DESC, posting_key) AS rank
    FROM scored
),

shown AS (
    SELECT posting_key, candidate_key, score, rank
    FROM ranked
    WHERE rank <= :limit
),

-- include: matching/skills_shown

SELECT
    s.rank,
    p.posting_id,
    p.title,
    p.company,
    p.city,
    p.region,
    p.country,
    p.seniority,
    LEAST(GREATEST(s.score, 0), 1) AS score,
    f.opened_on AS opened_at,
    COALESCE(p.status, CASE WHEN f.is_open THEN 'open' ELSE 'closed' END) AS status,
    f.closed_since,
    sk.matched_skills,
    sk.missing_skills,
    st.stage AS known_stage
FROM shown AS s
INNER JOIN posting_states AS f ON s.posting_key = f.posting_key
INNER JOIN hiring.postings AS p ON f.posting_id = p.posting_id
LEFT JOIN skills_shown AS sk ON s.posting_key = sk.posting_key
LEFT JOIN features.stages_reached AS st ON s.posting_key = st.posting_key AND s.candidate_key = st.candidate_key
ORDER BY s.rank;
