-- Every feature of a pair of posting and candidate, for training and for ranking alike. A list of CTEs to be spliced
-- in (include) after posting_similarity.sql, pairs (posting_key, candidate_key; no doubles, every pair's posting among
-- the targets) and shared_by_pairs.sql or shared_by_everybody.sql. Ends with pair_features, whose columns
-- jobrec_ui/features.py describes.

-- Each pair's history: the past postings of the candidate, held against the posting.
pair_history AS (
    SELECT
        p.posting_key,
        p.candidate_key,
        h.days_ago,
        h.furthest_stage,
        CASE WHEN h.rejected THEN 1.0 ELSE 0.0 END AS rejected,
        CASE WHEN h.withdrawn THEN 1.0 ELSE 0.0 END AS withdrawn,
        COALESCE(l.similarity, 0) AS similarity,
        COALESCE(l.title_similarity, 0) AS title_similarity,
        COALESCE(l.nearest_similarity, 0) AS nearest_similarity,
        COALESCE(l.widened, 0) AS widened,
        COALESCE(l.shared, 0) AS shared,
        COALESCE(l.affinity, 0) AS affinity,
        b.people,
        CASE WHEN a.title_key = b.title_key THEN 1.0 ELSE 0.0 END AS same_title,
        CASE WHEN a.company_key = b.company_key THEN 1.0 ELSE 0.0 END AS same_company,
        CASE WHEN a.area_key = b.area_key THEN 1.0 ELSE 0.0 END AS same_area,
        CASE WHEN a.city_key = b.city_key THEN 1.0 ELSE 0.0 END AS same_city,
        CASE WHEN a.region_key = b.region_key THEN 1.0 ELSE 0.0 END AS same_region,
        CASE WHEN a.seniority_key = b.seniority_key THEN 1.0 ELSE 0.0 END AS same_seniority,
        CASE WHEN a.employment_key = b.employment_key THEN 1.0 ELSE 0.0 END AS same_employment,
        CASE WHEN a.education_key = b.education_key THEN 1.0 ELSE 0.0 END AS same_education,
        -- Two keys to find the closest and the latest past posting by: similarity in millionths, then the later one;
        -- the later one, then similarity.
        CAST(ROUND(COALESCE(l.similarity, 0) * 1000000) AS BIGINT) * 100000 + 99999 - LEAST(h.days_ago, 99999) AS closeness,
        (99999 - LEAST(h.days_ago, 99999)) * CAST(10000000 AS BIGINT)
        + CAST(ROUND(COALESCE(l.similarity, 0) * 1000000) AS BIGINT) AS lateness
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
        SUM(similarity * EXP(days_ago / CAST(-180 AS DOUBLE PRECISION))) AS recent_total_similarity,
        MAX(similarity * EXP(days_ago / CAST(-365 AS DOUBLE PRECISION))) AS best_recent_similarity,
        MAX(CASE WHEN rejected = 0 THEN similarity END) AS best_unrejected_similarity,
        MAX(CASE WHEN same_company = 1 THEN similarity END) AS best_company_similarity,
        MAX(title_similarity) AS best_title_similarity,
        AVG(title_similarity) AS mean_title_similarity,
        MAX(widened) AS best_widened_similarity,
        AVG(widened) AS mean_widened_similarity,
        MAX(shared) AS best_shared_people,
        SUM(shared) AS total_shared_people,
        MAX(affinity) AS best_affinity,
        SQRT(SQRT(SUM(affinity * affinity * affinity * affinity * EXP(days_ago / CAST(-730 AS DOUBLE PRECISION))))) AS total_affinity,
        SUM(nearest_similarity * nearest_similarity) AS nearest_total,
        MAX(closeness) AS closest,
        MAX(lateness) AS latest,
        SUM(same_title) AS same_title_times,
        SUM(same_company) AS same_company_times,
        MIN(CASE WHEN same_company = 1 THEN days_ago END) AS same_company_days_ago,
        AVG(CAST(same_company AS DOUBLE PRECISION)) AS same_company_share,
        AVG(CAST(same_area AS DOUBLE PRECISION)) AS same_area_share,
        AVG(CAST(same_city AS DOUBLE PRECISION)) AS same_city_share,
        AVG(CAST(same_region AS DOUBLE PRECISION)) AS same_region_share,
        AVG(CAST(same_seniority AS DOUBLE PRECISION)) AS same_seniority_share,
        AVG(CAST(same_employment AS DOUBLE PRECISION)) AS same_employment_share,
        AVG(CAST(same_education AS DOUBLE PRECISION)) AS same_education_share
    FROM pair_history
    GROUP BY posting_key, candidate_key
),

-- The closest and the latest past posting of each pair. Where two are the same in both keys, the better outcome counts.
marked_history AS (
    SELECT
        h.posting_key,
        h.candidate_key,
        MAX(CASE WHEN h.lateness = b.latest THEN h.similarity END) AS latest_similarity,
        MAX(CASE WHEN h.lateness = b.latest THEN h.title_similarity END) AS latest_title_similarity,
        MIN(CASE WHEN h.closeness = b.closest THEN h.days_ago END) AS best_days_ago,
        MAX(CASE WHEN h.closeness = b.closest THEN h.furthest_stage END) AS best_stage,
        MIN(CASE WHEN h.closeness = b.closest THEN h.rejected END) AS best_rejected,
        MIN(CASE WHEN h.closeness = b.closest THEN h.withdrawn END) AS best_withdrawn,
        MAX(CASE WHEN h.closeness = b.closest THEN h.people END) AS best_people,
        MAX(CASE WHEN h.closeness = b.closest THEN h.same_company END) AS best_same_company,
        MAX(CASE WHEN h.closeness = b.closest THEN h.same_area END) AS best_same_area,
        MAX(CASE WHEN h.closeness = b.closest THEN h.same_city END) AS best_same_city,
        MAX(CASE WHEN h.closeness = b.closest THEN h.same_seniority END) AS best_same_seniority,
        MAX(CASE WHEN h.closeness = b.closest THEN h.same_employment END) AS best_same_employment
    FROM pair_history AS h
    INNER JOIN history_summary AS b ON h.posting_key = b.posting_key AND h.candidate_key = b.candidate_key
    GROUP BY h.posting_key, h.candidate_key
),

pair_features AS (
    SELECT
        p.posting_key,
        p.candidate_key,
        CAST(o.own_similarity AS REAL) AS own_similarity,
        CAST(o.own_title_similarity AS REAL) AS own_title_similarity,
        CAST(a.skills_required AS REAL) AS skills_required,
        CAST(CASE WHEN c.skills_listed > 0 THEN COALESCE(r.skills_met, 0) END AS REAL) AS skills_met,
        CAST(CASE WHEN c.skills_listed > 0 THEN COALESCE(r.skills_met, 0) / CAST(NULLIF(a.skills_required, 0) AS REAL) END AS REAL)
            AS skills_met_share,
        CAST(COALESCE(r.skills_practised, 0) / CAST(NULLIF(a.skills_required, 0) AS REAL) AS REAL) AS skills_practised_share,
        CAST(CASE WHEN c.languages_listed > 0 THEN COALESCE(r.languages_met, 0) / CAST(NULLIF(a.languages_required, 0) AS REAL) END AS REAL)
            AS languages_met_share,
        CAST(CASE WHEN a.city_key = c.city_key THEN 1 WHEN a.city_key <> c.city_key THEN 0 END AS REAL) AS same_city,
        CAST(CASE WHEN a.region_key = c.region_key THEN 1 WHEN a.region_key <> c.region_key THEN 0 END AS REAL)
            AS same_region,
        CAST(CASE WHEN a.country_key = c.country_key THEN 1 WHEN a.country_key <> c.country_key THEN 0 END AS REAL)
            AS same_country,
        -- Great-circle distance in km (haversine, mean earth radius 6371 km). LEAST would pass over a NULL.
        CAST(CASE
            WHEN a.latitude + a.longitude + c.latitude + c.longitude IS NOT NULL THEN 2 * 6371 * ASIN(SQRT(LEAST(
                1.0,
                POWER(SIN(RADIANS(c.latitude - a.latitude) / 2), 2)
                + COS(RADIANS(a.latitude)) * COS(RADIANS(c.latitude))
                * POWER(SIN(RADIANS(c.longitude - a.longitude) / 2), 2)
            )))
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
        CAST(h.best_similarity AS REAL) AS best_similarity,
        CAST(h.mean_similarity AS REAL) AS mean_similarity,
        CAST(h.total_similarity AS REAL) AS total_similarity,
        CAST(h.recent_total_similarity AS REAL) AS recent_total_similarity,
        CAST(h.best_recent_similarity AS REAL) AS best_recent_similarity,
        CAST(h.best_unrejected_similarity AS REAL) AS best_unrejected_similarity,
        CAST(h.best_company_similarity AS REAL) AS best_company_similarity,
        CAST(m.latest_similarity AS REAL) AS latest_similarity,
        CAST(h.best_similarity / NULLIF(near.nearest_similarity, 0) AS REAL) AS best_similarity_relative,
        CAST(h.best_title_similarity AS REAL) AS best_title_similarity,
        CAST(h.mean_title_similarity AS REAL) AS mean_title_similarity,
        CAST(m.latest_title_similarity AS REAL) AS latest_title_similarity,
        CAST(h.best_title_similarity / NULLIF(near.nearest_title_similarity, 0) AS REAL) AS best_title_relative,
        CAST(h.best_widened_similarity AS REAL) AS best_widened_similarity,
        CAST(h.mean_widened_similarity AS REAL) AS mean_widened_similarity,
        CAST(h.best_shared_people AS REAL) AS best_shared_people,
        CAST(h.total_shared_people AS REAL) AS total_shared_people,
        CAST(h.best_affinity AS REAL) AS best_affinity,
        CAST(h.total_affinity AS REAL) AS total_affinity,
        CAST(h.total_affinity / NULLIF(near.nearest_similarity, 0) AS REAL) AS total_affinity_relative,
        CAST(h.nearest_total AS REAL) AS nearest_total,
        CAST(m.best_days_ago AS REAL) AS best_days_ago,
        CAST(m.best_stage AS REAL) AS best_stage,
        CAST(m.best_rejected AS REAL) AS best_rejected,
        CAST(m.best_withdrawn AS REAL) AS best_withdrawn,
        CAST(m.best_people AS REAL) AS best_people,
        CAST(m.best_same_company AS REAL) AS best_same_company,
        CAST(m.best_same_area AS REAL) AS best_same_area,
        CAST(m.best_same_city AS REAL) AS best_same_city,
        CAST(m.best_same_seniority AS REAL) AS best_same_seniority,
        CAST(m.best_same_employment AS REAL) AS best_same_employment,
        CAST(h.same_title_times AS REAL) AS same_title_times,
        CAST(h.same_company_times AS REAL) AS same_company_times,
        CAST(h.same_company_days_ago AS REAL) AS same_company_days_ago,
        CAST(h.same_company_share AS REAL) AS same_company_share,
        CAST(h.same_area_share AS REAL) AS same_area_share,
        CAST(h.same_city_share AS REAL) AS same_city_share,
        CAST(h.same_region_share AS REAL) AS same_region_share,
        CAST(h.same_seniority_share AS REAL) AS same_seniority_share,
        CAST(h.same_employment_share AS REAL) AS same_employment_share,
        CAST(h.same_education_share AS REAL) AS same_education_share,
        CAST(act.times_put_forward AS REAL) AS times_put_forward,
        CAST(act.views AS REAL) AS views,
        CAST(act.days_since_last AS REAL) AS days_since_last,
        CAST(act.days_since_first AS REAL) AS days_since_first,
        CAST(act.times_last_quarter AS REAL) AS times_last_quarter,
        CAST(act.times_last_year AS REAL) AS times_last_year,
        CAST(act.share_hired AS REAL) AS share_hired,
        CAST(act.share_rejected AS REAL) AS share_rejected,
        CAST(act.share_withdrawn AS REAL) AS share_withdrawn,
        CAST(act.furthest_stage AS REAL) AS furthest_stage,
        CAST(act.days_since_hired AS REAL) AS days_since_hired,
        CAST(act.companies AS REAL) AS companies,
        CAST(near.nearest_similarity AS REAL) AS nearest_similarity,
        CAST(near.nearest_title_similarity AS REAL) AS nearest_title_similarity
    FROM pairs AS p
    INNER JOIN features.posting_facts AS a ON p.posting_key = a.posting_key
    INNER JOIN features.candidate_facts AS c ON p.candidate_key = c.candidate_key
    INNER JOIN {schema}.candidate_activity AS act ON p.candidate_key = act.candidate_key
    LEFT JOIN history_summary AS h ON p.posting_key = h.posting_key AND p.candidate_key = h.candidate_key
    LEFT JOIN marked_history AS m ON p.posting_key = m.posting_key AND p.candidate_key = m.candidate_key
    LEFT JOIN own_text AS o ON p.posting_key = o.posting_key AND p.candidate_key = o.candidate_key
    LEFT JOIN requirements_met AS r ON p.posting_key = r.posting_key AND p.candidate_key = r.candidate_key
    LEFT JOIN nearest_by_posting AS near ON p.posting_key = near.posting_key
)
