-- Who has the highest scores, and what does the recruiter see of them? CTEs and the final SELECT, to be spliced in (include)
-- after pair_features. What a linear model puts below 0 or above 1 is ranked so, and shown as 0 or 1.
scored AS (
    SELECT posting_key, candidate_key, {score_function}({features}) AS score
    FROM pair_features
),

-- include each: ranked
,
shown AS (
    SELECT r.rank, LEAST(GREATEST(r.score, 0), 1) AS score, r.posting_key, f.candidate_key, f.candidate_id, f.last_event_at
    FROM ranked AS r
    INNER JOIN features.candidate_facts AS f ON r.candidate_key = f.candidate_key
    WHERE r.rank <= :limit
),

-- include: matching/shown_details
,
-- include each: named

SELECT
    rank,
    candidate_id,
    name,
    headline,
    score,
    city,
    region,
    country,
    seniority,
    years_experience,
    available_from,
    matched_skills,
    missing_skills,
    nice_skills,
    last_activity,
    known_stage
FROM named
ORDER BY rank;
