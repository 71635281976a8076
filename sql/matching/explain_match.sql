-- Why did these candidates get their scores for this posting? The model scores the pair with one topic's features at their
-- typical values, and a typical pair with that topic's features of this one. What the topic adds or takes is the mean of
-- the two differences: the first and the last term of its Shapley value (Štrumbelj and Kononenko 2014), whose other
-- terms would take 2^13 scores. One row per candidate and topic, beside it the score and the features that tell of it.
-- Likeness, which takes the place of a score while there is no model, is held against a pair of which nothing is known.
WITH targets AS (
    SELECT posting_key
    FROM features.posting_facts
    WHERE posting_id = :posting_id
),

-- include: features/posting_similarity
,
-- include: matching/listed
,
keys AS (
    SELECT l.candidate_id, c.candidate_key
    FROM listed AS l
    INNER JOIN features.candidate_facts AS c ON l.candidate_id = c.candidate_id
),

pairs AS (
    SELECT t.posting_key, k.candidate_key
    FROM targets AS t
    CROSS JOIN keys AS k
),

-- include: features/shared_by_pairs
,
-- include: features/pair_features
,
-- A pair of which nothing is known: what likeness is told beside.
nothing_known AS (
    SELECT f.*
    FROM targets AS t
    LEFT JOIN pair_features AS f ON t.posting_key = f.posting_key AND f.candidate_key < 0
),

topics AS (
    SELECT 'none' AS topic
    UNION ALL
    SELECT 'words' AS topic
    UNION ALL
    SELECT 'skills' AS topic
    UNION ALL
    SELECT 'languages' AS topic
    UNION ALL
    SELECT 'place' AS topic
    UNION ALL
    SELECT 'seniority' AS topic
    UNION ALL
    SELECT 'education' AS topic
    UNION ALL
    SELECT 'pay' AS topic
    UNION ALL
    SELECT 'experience' AS topic
    UNION ALL
    SELECT 'history' AS topic
    UNION ALL
    SELECT 'company' AS topic
    UNION ALL
    SELECT 'people' AS topic
    UNION ALL
    SELECT 'activity' AS topic
    UNION ALL
    SELECT 'outcomes' AS topic
),

-- Of each topic: the pair without it, and a typical pair with nothing but it. Without "none" the pair is as it is.
turns AS (
    SELECT topic, TRUE AS is_without FROM topics
    UNION ALL
    SELECT topic, FALSE AS is_without FROM topics
),

variants AS (
    SELECT
        f.candidate_key,
        t.topic,
        t.is_without,
        CASE WHEN (t.topic = 'words') = t.is_without THEN typical.own_similarity ELSE f.own_similarity END AS own_similarity,
        CASE WHEN (t.topic = 'words') = t.is_without THEN typical.own_title_similarity ELSE f.own_title_similarity END AS own_title_similarity,
        CASE WHEN (t.topic = 'skills') = t.is_without THEN typical.skills_required ELSE f.skills_required END AS skills_required,
        CASE WHEN (t.topic = 'skills') = t.is_without THEN typical.skills_met ELSE f.skills_met END AS skills_met,
        CASE WHEN (t.topic = 'skills') = t.is_without THEN typical.skills_met_share ELSE f.skills_met_share END AS skills_met_share,
        CASE WHEN (t.topic = 'skills') = t.is_without THEN typical.skills_practised_share ELSE f.skills_practised_share END AS skills_practised_share,
        CASE WHEN (t.topic = 'languages') = t.is_without THEN typical.languages_met_share ELSE f.languages_met_share END AS languages_met_share,
        CASE WHEN (t.topic = 'place') = t.is_without THEN typical.same_city ELSE f.same_city END AS same_city,
        CASE WHEN (t.topic = 'place') = t.is_without THEN typical.same_region ELSE f.same_region END AS same_region,
        CASE WHEN (t.topic = 'place') = t.is_without THEN typical.same_country ELSE f.same_country END AS same_country,
        CASE WHEN (t.topic = 'place') = t.is_without THEN typical.distance_km ELSE f.distance_km END AS distance_km,
        CASE WHEN (t.topic = 'place') = t.is_without THEN typical.posting_remote ELSE f.posting_remote END AS posting_remote,
        CASE WHEN (t.topic = 'place') = t.is_without THEN typical.candidate_remote ELSE f.candidate_remote END AS candidate_remote,
        CASE WHEN (t.topic = 'seniority') = t.is_without THEN typical.same_seniority ELSE f.same_seniority END AS same_seniority,
        CASE WHEN (t.topic = 'education') = t.is_without THEN typical.same_education ELSE f.same_education END AS same_education,
        CASE WHEN (t.topic = 'pay') = t.is_without THEN typical.pay_ratio ELSE f.pay_ratio END AS pay_ratio,
        CASE WHEN (t.topic = 'experience') = t.is_without THEN typical.experience_surplus ELSE f.experience_surplus END AS experience_surplus,
        CASE WHEN (t.topic = 'experience') = t.is_without THEN typical.years_experience ELSE f.years_experience END AS years_experience,
        CASE WHEN (t.topic = 'history') = t.is_without THEN typical.best_similarity ELSE f.best_similarity END AS best_similarity,
        CASE WHEN (t.topic = 'history') = t.is_without THEN typical.mean_similarity ELSE f.mean_similarity END AS mean_similarity,
        CASE WHEN (t.topic = 'history') = t.is_without THEN typical.total_similarity ELSE f.total_similarity END AS total_similarity,
        CASE WHEN (t.topic = 'history') = t.is_without THEN typical.recent_total_similarity ELSE f.recent_total_similarity END AS recent_total_similarity,
        CASE WHEN (t.topic = 'history') = t.is_without THEN typical.best_recent_similarity ELSE f.best_recent_similarity END AS best_recent_similarity,
        CASE WHEN (t.topic = 'history') = t.is_without THEN typical.best_unrejected_similarity ELSE f.best_unrejected_similarity END AS best_unrejected_similarity,
        CASE WHEN (t.topic = 'company') = t.is_without THEN typical.best_company_similarity ELSE f.best_company_similarity END AS best_company_similarity,
        CASE WHEN (t.topic = 'history') = t.is_without THEN typical.latest_similarity ELSE f.latest_similarity END AS latest_similarity,
        CASE WHEN (t.topic = 'history') = t.is_without THEN typical.best_similarity_relative ELSE f.best_similarity_relative END AS best_similarity_relative,
        CASE WHEN (t.topic = 'history') = t.is_without THEN typical.best_title_similarity ELSE f.best_title_similarity END AS best_title_similarity,
        CASE WHEN (t.topic = 'history') = t.is_without THEN typical.mean_title_similarity ELSE f.mean_title_similarity END AS mean_title_similarity,
        CASE WHEN (t.topic = 'history') = t.is_without THEN typical.latest_title_similarity ELSE f.latest_title_similarity END AS latest_title_similarity,
        CASE WHEN (t.topic = 'history') = t.is_without THEN typical.best_title_relative ELSE f.best_title_relative END AS best_title_relative,
        CASE WHEN (t.topic = 'history') = t.is_without THEN typical.best_widened_similarity ELSE f.best_widened_similarity END AS best_widened_similarity,
        CASE WHEN (t.topic = 'history') = t.is_without THEN typical.mean_widened_similarity ELSE f.mean_widened_similarity END AS mean_widened_similarity,
        CASE WHEN (t.topic = 'people') = t.is_without THEN typical.best_shared_people ELSE f.best_shared_people END AS best_shared_people,
        CASE WHEN (t.topic = 'people') = t.is_without THEN typical.total_shared_people ELSE f.total_shared_people END AS total_shared_people,
        CASE WHEN (t.topic = 'history') = t.is_without THEN typical.best_affinity ELSE f.best_affinity END AS best_affinity,
        CASE WHEN (t.topic = 'history') = t.is_without THEN typical.total_affinity ELSE f.total_affinity END AS total_affinity,
        CASE WHEN (t.topic = 'history') = t.is_without THEN typical.total_affinity_relative ELSE f.total_affinity_relative END AS total_affinity_relative,
        CASE WHEN (t.topic = 'history') = t.is_without THEN typical.nearest_total ELSE f.nearest_total END AS nearest_total,
        CASE WHEN (t.topic = 'activity') = t.is_without THEN typical.best_days_ago ELSE f.best_days_ago END AS best_days_ago,
        CASE WHEN (t.topic = 'outcomes') = t.is_without THEN typical.best_stage ELSE f.best_stage END AS best_stage,
        CASE WHEN (t.topic = 'outcomes') = t.is_without THEN typical.best_rejected ELSE f.best_rejected END AS best_rejected,
        CASE WHEN (t.topic = 'outcomes') = t.is_without THEN typical.best_withdrawn ELSE f.best_withdrawn END AS best_withdrawn,
        CASE WHEN (t.topic = 'people') = t.is_without THEN typical.best_people ELSE f.best_people END AS best_people,
        CASE WHEN (t.topic = 'company') = t.is_without THEN typical.best_same_company ELSE f.best_same_company END AS best_same_company,
        CASE WHEN (t.topic = 'history') = t.is_without THEN typical.best_same_area ELSE f.best_same_area END AS best_same_area,
        CASE WHEN (t.topic = 'place') = t.is_without THEN typical.best_same_city ELSE f.best_same_city END AS best_same_city,
        CASE WHEN (t.topic = 'seniority') = t.is_without THEN typical.best_same_seniority ELSE f.best_same_seniority END AS best_same_seniority,
        CASE WHEN (t.topic = 'history') = t.is_without THEN typical.best_same_employment ELSE f.best_same_employment END AS best_same_employment,
        CASE WHEN (t.topic = 'history') = t.is_without THEN typical.same_title_times ELSE f.same_title_times END AS same_title_times,
        CASE WHEN (t.topic = 'company') = t.is_without THEN typical.same_company_times ELSE f.same_company_times END AS same_company_times,
        CASE WHEN (t.topic = 'company') = t.is_without THEN typical.same_company_days_ago ELSE f.same_company_days_ago END AS same_company_days_ago,
        CASE WHEN (t.topic = 'company') = t.is_without THEN typical.same_company_share ELSE f.same_company_share END AS same_company_share,
        CASE WHEN (t.topic = 'history') = t.is_without THEN typical.same_area_share ELSE f.same_area_share END AS same_area_share,
        CASE WHEN (t.topic = 'place') = t.is_without THEN typical.same_city_share ELSE f.same_city_share END AS same_city_share,
        CASE WHEN (t.topic = 'place') = t.is_without THEN typical.same_region_share ELSE f.same_region_share END AS same_region_share,
        CASE WHEN (t.topic = 'seniority') = t.is_without THEN typical.same_seniority_share ELSE f.same_seniority_share END AS same_seniority_share,
        CASE WHEN (t.topic = 'history') = t.is_without THEN typical.same_employment_share ELSE f.same_employment_share END AS same_employment_share,
        CASE WHEN (t.topic = 'education') = t.is_without THEN typical.same_education_share ELSE f.same_education_share END AS same_education_share,
        CASE WHEN (t.topic = 'activity') = t.is_without THEN typical.times_put_forward ELSE f.times_put_forward END AS times_put_forward,
        CASE WHEN (t.topic = 'activity') = t.is_without THEN typical.views ELSE f.views END AS views,
        CASE WHEN (t.topic = 'activity') = t.is_without THEN typical.days_since_last ELSE f.days_since_last END AS days_since_last,
        CASE WHEN (t.topic = 'activity') = t.is_without THEN typical.days_since_first ELSE f.days_since_first END AS days_since_first,
        CASE WHEN (t.topic = 'activity') = t.is_without THEN typical.times_last_quarter ELSE f.times_last_quarter END AS times_last_quarter,
        CASE WHEN (t.topic = 'activity') = t.is_without THEN typical.times_last_year ELSE f.times_last_year END AS times_last_year,
        CASE WHEN (t.topic = 'outcomes') = t.is_without THEN typical.share_hired ELSE f.share_hired END AS share_hired,
        CASE WHEN (t.topic = 'outcomes') = t.is_without THEN typical.share_rejected ELSE f.share_rejected END AS share_rejected,
        CASE WHEN (t.topic = 'outcomes') = t.is_without THEN typical.share_withdrawn ELSE f.share_withdrawn END AS share_withdrawn,
        CASE WHEN (t.topic = 'outcomes') = t.is_without THEN typical.furthest_stage ELSE f.furthest_stage END AS furthest_stage,
        CASE WHEN (t.topic = 'outcomes') = t.is_without THEN typical.days_since_hired ELSE f.days_since_hired END AS days_since_hired,
        CASE WHEN (t.topic = 'activity') = t.is_without THEN typical.companies ELSE f.companies END AS companies,
        f.nearest_similarity,
        f.nearest_title_similarity
    FROM pair_features AS f
    CROSS JOIN {typical} AS typical
    CROSS JOIN turns AS t
),

-- Weighed as in pair_features.sql; for how much skills count is up to the posting.
weighed AS (
    SELECT
        v.*,
        CASE WHEN f.skills_required > 0 THEN 0.7 ELSE 1 END * GREATEST(COALESCE(v.own_similarity, 0), COALESCE(v.best_similarity, 0))
        + CASE
            WHEN f.skills_required > 0
                THEN 0.3 * GREATEST(COALESCE(v.skills_met_share, 0), COALESCE(v.skills_practised_share, 0))
            ELSE 0
        END AS likeness
    FROM variants AS v
    INNER JOIN pair_features AS f ON v.candidate_key = f.candidate_key
),

scored AS (
    SELECT candidate_key, topic, is_without, {score_function}({features}) AS score
    FROM weighed
),

ends AS (
    SELECT
        candidate_key,
        MAX(CASE WHEN is_without THEN score END) AS score,
        MAX(CASE WHEN NOT is_without THEN score END) AS typical_score
    FROM scored
    WHERE topic = 'none'
    GROUP BY candidate_key
),

parts AS (
    SELECT
        s.candidate_key,
        s.topic,
        SUM(CASE WHEN s.is_without THEN e.score - s.score ELSE s.score - e.typical_score END) / 2 AS part,
        MAX(e.score - e.typical_score) AS difference
    FROM scored AS s
    INNER JOIN ends AS e ON s.candidate_key = e.candidate_key
    WHERE s.topic <> 'none'
    GROUP BY s.candidate_key, s.topic
),

-- The parts add up to nearly the score less that of a typical pair; what is missing or too much is shared out.
added_up AS (
    SELECT candidate_key, topic, part, difference / NULLIF(SUM(part) OVER (PARTITION BY candidate_key), 0) AS share
    FROM parts
),

contributions AS (
    SELECT candidate_key, topic, part * CASE WHEN share BETWEEN 0.5 AND 2 THEN share ELSE 1 END AS contribution
    FROM added_up
)

SELECT k.candidate_id, LEAST(GREATEST(e.score, 0), 1) AS score, c.topic, c.contribution, {told_by}
FROM contributions AS c
INNER JOIN ends AS e ON c.candidate_key = e.candidate_key
INNER JOIN keys AS k ON c.candidate_key = k.candidate_key
INNER JOIN pair_features AS f ON c.candidate_key = f.candidate_key;
