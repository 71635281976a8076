-- Every feature of a pair of posting and candidate, for training and for ranking alike. A list of CTEs to be spliced
-- in (include) after posting_similarity.sql, pairs (posting_key, candidate_key; no doubles, every pair's posting among
-- the targets), likeness and pair_signs. Ends with pair_features, whose columns jobrec_ui/features/features.csv describes;
-- its last one, likeness, is none of them: it sorts lists while there is no model.

-- Each pair's history: the past postings of the candidate, held against the posting.
pair_history AS (
    SELECT
        p.posting_key,
        p.candidate_key,
        CAST(h.days_ago AS REAL) AS days_ago,
        h.weight_half_year,
        h.weight_year,
        h.weight_two_years,
        CAST(h.furthest_stage AS REAL) AS furthest_stage,
        CAST(CASE WHEN h.rejected THEN 1 ELSE 0 END AS REAL) AS rejected,
        CAST(CASE WHEN h.withdrawn THEN 1 ELSE 0 END AS REAL) AS withdrawn,
        CAST(COALESCE(l.similarity, 0) AS REAL) AS similarity,
        CAST(COALESCE(l.title_similarity, 0) AS REAL) AS title_similarity,
        CASE WHEN l.nearness <= 20 THEN l.similarity ELSE 0 END AS nearest_similarity,
        CAST(COALESCE(l.widened, 0) AS REAL) AS widened,
        CAST(COALESCE(l.shared, 0) AS REAL) AS shared,
        CAST(COALESCE(l.affinity, 0) AS REAL) AS affinity,
        CAST(b.people AS REAL) AS people,
        CAST(CASE WHEN a.title_key = b.title_key THEN 1 ELSE 0 END AS REAL) AS same_title,
        CAST(CASE WHEN a.company_key = b.company_key THEN 1 ELSE 0 END AS REAL) AS same_company,
        CAST(CASE WHEN a.area_key = b.area_key THEN 1 ELSE 0 END AS REAL) AS same_area,
        CAST(CASE WHEN a.city_key = b.city_key THEN 1 ELSE 0 END AS REAL) AS same_city,
        CAST(CASE WHEN a.region_key = b.region_key THEN 1 ELSE 0 END AS REAL) AS same_region,
        CAST(CASE WHEN a.seniority_key = b.seniority_key THEN 1 ELSE 0 END AS REAL) AS same_seniority,
        CAST(CASE WHEN a.employment_key = b.employment_key THEN 1 ELSE 0 END AS REAL) AS same_employment,
        CAST(CASE WHEN a.education_key = b.education_key THEN 1 ELSE 0 END AS REAL) AS same_education,
        -- Two keys that leave room for a number below them. The closest past posting has the least: they come in the order
        -- of likeness, those that are not alike in that of time. The latest past posting has the greatest.
        COALESCE(l.nearness, 1000000 + h.days_ago) * CAST(10000000 AS DOUBLE PRECISION) AS closeness,
        h.days_ago * CAST(-10 AS DOUBLE PRECISION) AS lateness
    FROM pairs AS p
    INNER JOIN {schema}.history AS h ON p.candidate_key = h.candidate_key AND p.posting_key <> h.posting_key
    INNER JOIN features.posting_facts AS a ON p.posting_key = a.posting_key
    INNER JOIN {schema}.past_postings AS b ON h.posting_key = b.posting_key
    LEFT JOIN likeness AS l ON p.posting_key = l.posting_key AND h.posting_key = l.past_posting_key
),

history_summary AS (
    SELECT
        posting_key,
        candidate_key,
        MAX(similarity) AS best_similarity,
        AVG(similarity) AS mean_similarity,
        SUM(similarity) AS total_similarity,
        SUM(similarity * weight_half_year) AS recent_total_similarity,
        MAX(similarity * weight_year) AS best_recent_similarity,
        MAX(CASE WHEN rejected = 0 THEN similarity END) AS best_unrejected_similarity,
        MAX(CASE WHEN same_company = 1 THEN similarity END) AS best_company_similarity,
        MAX(lateness + similarity) - MAX(lateness) AS latest_similarity,
        MAX(title_similarity) AS best_title_similarity,
        AVG(title_similarity) AS mean_title_similarity,
        MAX(lateness + title_similarity) - MAX(lateness) AS latest_title_similarity,
        MAX(widened) AS best_widened_similarity,
        AVG(widened) AS mean_widened_similarity,
        MAX(shared) AS best_shared_people,
        SUM(shared) AS total_shared_people,
        MAX(affinity) AS best_affinity,
        SQRT(SQRT(SUM(affinity * affinity * affinity * affinity * weight_two_years))) AS total_affinity,
        SUM(nearest_similarity * nearest_similarity) AS nearest_total,
        MIN(closeness + days_ago) - MIN(closeness) AS best_days_ago,
        MIN(closeness + furthest_stage) - MIN(closeness) AS best_stage,
        MIN(closeness + rejected) - MIN(closeness) AS best_rejected,
        MIN(closeness + withdrawn) - MIN(closeness) AS best_withdrawn,
        MIN(closeness + people) - MIN(closeness) AS best_people,
        MIN(closeness + same_company) - MIN(closeness) AS best_same_company,
        MIN(closeness + same_area) - MIN(closeness) AS best_same_area,
        MIN(closeness + same_city) - MIN(closeness) AS best_same_city,
        MIN(closeness + same_seniority) - MIN(closeness) AS best_same_seniority,
        MIN(closeness + same_employment) - MIN(closeness) AS best_same_employment,
        SUM(same_title) AS same_title_times,
        SUM(same_company) AS same_company_times,
        MIN(CASE WHEN same_company = 1 THEN days_ago END) AS same_company_days_ago,
        AVG(same_company) AS same_company_share,
        AVG(same_area) AS same_area_share,
        AVG(same_city) AS same_city_share,
        AVG(same_region) AS same_region_share,
        AVG(same_seniority) AS same_seniority_share,
        AVG(same_employment) AS same_employment_share,
        AVG(same_education) AS same_education_share
    FROM pair_history
    GROUP BY posting_key, candidate_key
),

pair_features AS (
    SELECT
        p.posting_key,
        p.candidate_key,
        CAST(p.own_similarity AS REAL) AS own_similarity,
        CAST(p.own_title_similarity AS REAL) AS own_title_similarity,
        CAST(a.skills_required AS REAL) AS skills_required,
        CAST(CASE WHEN c.skills_listed > 0 THEN COALESCE(p.skills_met, 0) END AS REAL) AS skills_met,
        CAST(CASE WHEN c.skills_listed > 0 THEN COALESCE(p.skills_met, 0) / CAST(NULLIF(a.skills_required, 0) AS REAL) END AS REAL)
            AS skills_met_share,
        CAST(COALESCE(p.skills_practised, 0) / CAST(NULLIF(a.skills_required, 0) AS REAL) AS REAL) AS skills_practised_share,
        CAST(CASE WHEN c.languages_listed > 0 THEN COALESCE(p.languages_met, 0) / CAST(NULLIF(a.languages_required, 0) AS REAL) END AS REAL)
            AS languages_met_share,
        CAST(CASE WHEN a.city_key = c.city_key THEN 1 WHEN a.city_key <> c.city_key THEN 0 END AS REAL) AS same_city,
        CAST(CASE WHEN a.region_key = c.region_key THEN 1 WHEN a.region_key <> c.region_key THEN 0 END AS REAL)
            AS same_region,
        CAST(CASE WHEN a.country_key = c.country_key THEN 1 WHEN a.country_key <> c.country_key THEN 0 END AS REAL)
            AS same_country,
        -- Great-circle distance in km, from the chord between two points of a sphere (mean earth radius 6371 km). LEAST
        -- would pass over a NULL.
        CAST(CASE
            WHEN a.earth_x + c.earth_x IS NOT NULL THEN 2 * 6371 * ASIN(LEAST(1.0, SQRT(
                (a.earth_x - c.earth_x) * (a.earth_x - c.earth_x)
                + (a.earth_y - c.earth_y) * (a.earth_y - c.earth_y)
                + (a.earth_z - c.earth_z) * (a.earth_z - c.earth_z)
            ) / 2))
        END AS REAL) AS distance_km,
        CAST(CASE WHEN a.remote THEN 1 WHEN NOT a.remote THEN 0 END AS REAL) AS posting_remote,
        CAST(CASE WHEN c.remote THEN 1 WHEN NOT c.remote THEN 0 END AS REAL) AS candidate_remote,
        CAST(CASE WHEN a.seniority_key = c.seniority_key THEN 1 WHEN a.seniority_key <> c.seniority_key THEN 0 END AS REAL)
            AS same_seniority,
        CAST(CASE WHEN a.education_key = c.education_key THEN 1 WHEN a.education_key <> c.education_key THEN 0 END AS REAL)
            AS same_education,
        CAST(CASE WHEN a.currency_key = c.currency_key THEN c.desired_salary / NULLIF(a.pay, 0) END AS REAL) AS pay_ratio,
        CAST(c.years_experience - a.years_experience_min AS REAL) AS experience_surplus,
        CAST(c.years_experience AS REAL) AS years_experience,
        h.best_similarity,
        CAST(h.mean_similarity AS REAL) AS mean_similarity,
        CAST(h.total_similarity AS REAL) AS total_similarity,
        CAST(h.recent_total_similarity AS REAL) AS recent_total_similarity,
        CAST(h.best_recent_similarity AS REAL) AS best_recent_similarity,
        h.best_unrejected_similarity,
        h.best_company_similarity,
        CAST(h.latest_similarity AS REAL) AS latest_similarity,
        CAST(h.best_similarity / NULLIF(near.nearest_similarity, 0) AS REAL) AS best_similarity_relative,
        h.best_title_similarity,
        CAST(h.mean_title_similarity AS REAL) AS mean_title_similarity,
        CAST(h.latest_title_similarity AS REAL) AS latest_title_similarity,
        CAST(h.best_title_similarity / NULLIF(near.nearest_title_similarity, 0) AS REAL) AS best_title_relative,
        h.best_widened_similarity,
        CAST(h.mean_widened_similarity AS REAL) AS mean_widened_similarity,
        h.best_shared_people,
        CAST(h.total_shared_people AS REAL) AS total_shared_people,
        h.best_affinity,
        CAST(h.total_affinity AS REAL) AS total_affinity,
        CAST(h.total_affinity / NULLIF(near.nearest_similarity, 0) AS REAL) AS total_affinity_relative,
        CAST(h.nearest_total AS REAL) AS nearest_total,
        CAST(h.best_days_ago AS REAL) AS best_days_ago,
        CAST(h.best_stage AS REAL) AS best_stage,
        CAST(h.best_rejected AS REAL) AS best_rejected,
        CAST(h.best_withdrawn AS REAL) AS best_withdrawn,
        CAST(h.best_people AS REAL) AS best_people,
        CAST(h.best_same_company AS REAL) AS best_same_company,
        CAST(h.best_same_area AS REAL) AS best_same_area,
        CAST(h.best_same_city AS REAL) AS best_same_city,
        CAST(h.best_same_seniority AS REAL) AS best_same_seniority,
        CAST(h.best_same_employment AS REAL) AS best_same_employment,
        CAST(h.same_title_times AS REAL) AS same_title_times,
        CAST(h.same_company_times AS REAL) AS same_company_times,
        h.same_company_days_ago,
        CAST(h.same_company_share AS REAL) AS same_company_share,
        CAST(h.same_area_share AS REAL) AS same_area_share,
        CAST(h.same_city_share AS REAL) AS same_city_share,
        CAST(h.same_region_share AS REAL) AS same_region_share,
        CAST(h.same_seniority_share AS REAL) AS same_seniority_share,
        CAST(h.same_employment_share AS REAL) AS same_employment_share,
        CAST(h.same_education_share AS REAL) AS same_education_share,
        act.times_put_forward,
        act.views,
        act.days_since_last,
        act.days_since_first,
        act.times_last_quarter,
        act.times_last_year,
        act.share_hired,
        act.share_rejected,
        act.share_withdrawn,
        act.furthest_stage,
        act.days_since_hired,
        act.companies,
        CAST(near.nearest_similarity AS REAL) AS nearest_similarity,
        CAST(near.nearest_title_similarity AS REAL) AS nearest_title_similarity,
        -- Seven parts words (the candidate's own, or those of their closest earlier posting), three parts skills where some
        -- are asked for (listed, or asked for by earlier postings). Nothing known is nothing alike.
        CASE WHEN a.skills_required > 0 THEN 0.7 ELSE 1 END * GREATEST(COALESCE(p.own_similarity, 0), COALESCE(h.best_similarity, 0))
        + CASE
            WHEN a.skills_required > 0
                THEN 0.3 * GREATEST(COALESCE(p.skills_met, 0), COALESCE(p.skills_practised, 0)) / a.skills_required
            ELSE 0
        END AS likeness
    FROM pair_signs AS p
    INNER JOIN features.posting_facts AS a ON p.posting_key = a.posting_key
    INNER JOIN features.candidate_facts AS c ON p.candidate_key = c.candidate_key
    INNER JOIN {schema}.candidate_activity AS act ON p.candidate_key = act.candidate_key
    LEFT JOIN nearest_by_posting AS near ON p.posting_key = near.posting_key
    LEFT JOIN history_summary AS h ON p.posting_key = h.posting_key AND p.candidate_key = h.candidate_key
)
