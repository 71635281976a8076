-- What was known of each labelled pair at the cut-off? Same features as in ranking, one row per pair.
INSERT INTO training.examples
WITH targets AS (
    SELECT DISTINCT posting_key
    FROM training.labelled_pairs
),

-- include: features/posting_similarity
,
pairs AS (
    SELECT posting_key, candidate_key
    FROM training.labelled_pairs
),

-- include: features/own_text_of_pairs
,
-- include: features/pair_features

SELECT
    clock.as_of AS cutoff,
    :is_holdout AS is_holdout,
    l.posting_key,
    l.candidate_key,
    l.label,
    f.own_similarity,
    f.own_title_similarity,
    f.skills_required,
    f.skills_met,
    f.skills_met_share,
    f.skills_practised_share,
    f.languages_met_share,
    f.same_city,
    f.same_region,
    f.same_country,
    f.distance_km,
    f.posting_remote,
    f.candidate_remote,
    f.same_seniority,
    f.same_education,
    f.pay_ratio,
    f.experience_surplus,
    f.years_experience,
    f.best_similarity,
    f.mean_similarity,
    f.total_similarity,
    f.recent_total_similarity,
    f.best_recent_similarity,
    f.best_unrejected_similarity,
    f.best_company_similarity,
    f.latest_similarity,
    f.best_similarity_relative,
    f.best_title_similarity,
    f.mean_title_similarity,
    f.latest_title_similarity,
    f.best_title_relative,
    f.best_widened_similarity,
    f.mean_widened_similarity,
    f.best_shared_people,
    f.total_shared_people,
    f.nearest_total,
    f.best_days_ago,
    f.best_stage,
    f.best_rejected,
    f.best_withdrawn,
    f.best_people,
    f.best_same_company,
    f.best_same_area,
    f.best_same_city,
    f.best_same_seniority,
    f.best_same_employment,
    f.same_title_times,
    f.same_company_times,
    f.same_company_days_ago,
    f.same_company_share,
    f.same_area_share,
    f.same_city_share,
    f.same_region_share,
    f.same_seniority_share,
    f.same_employment_share,
    f.same_education_share,
    f.times_put_forward,
    f.views,
    f.days_since_last,
    f.days_since_first,
    f.times_last_quarter,
    f.times_last_year,
    f.share_hired,
    f.share_rejected,
    f.share_withdrawn,
    f.furthest_stage,
    f.days_since_hired,
    f.companies,
    f.nearest_similarity,
    f.nearest_title_similarity
FROM training.labelled_pairs AS l
INNER JOIN pair_features AS f ON l.posting_key = f.posting_key AND l.candidate_key = f.candidate_key
CROSS JOIN {schema}.clock AS clock;
