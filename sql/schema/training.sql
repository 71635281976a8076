-- Which examples does a training learn from, and on which is it judged? One row per cut-off, posting and candidate:
-- what happened after the cut-off (label) and what was known before it (every feature of pair_features.sql).
CREATE SCHEMA IF NOT EXISTS training;

CREATE TABLE IF NOT EXISTS training.labelled_pairs (
    posting_key INTEGER NOT NULL,
    candidate_key INTEGER NOT NULL,
    label DOUBLE PRECISION NOT NULL
)
DISTSTYLE KEY
DISTKEY (candidate_key)
SORTKEY (posting_key);

-- Keys change with every load, and a training may take hours: who is behind those of the holdout.
CREATE TABLE IF NOT EXISTS training.holdout_pairs (
    posting_key INTEGER NOT NULL,
    candidate_key INTEGER NOT NULL,
    posting_id VARCHAR(64) NOT NULL,
    candidate_id VARCHAR(64) NOT NULL
)
DISTSTYLE KEY
DISTKEY (candidate_key)
SORTKEY (posting_key);

CREATE TABLE IF NOT EXISTS training.examples (
    cutoff TIMESTAMP NOT NULL,
    is_holdout BOOLEAN NOT NULL,
    posting_key INTEGER NOT NULL,
    candidate_key INTEGER NOT NULL,
    label DOUBLE PRECISION NOT NULL,
    own_similarity REAL,
    own_title_similarity REAL,
    skills_required REAL,
    skills_met REAL,
    skills_met_share REAL,
    skills_practised_share REAL,
    languages_met_share REAL,
    same_city REAL,
    same_region REAL,
    same_country REAL,
    distance_km REAL,
    posting_remote REAL,
    candidate_remote REAL,
    same_seniority REAL,
    same_education REAL,
    pay_ratio REAL,
    experience_surplus REAL,
    years_experience REAL,
    best_similarity REAL,
    mean_similarity REAL,
    total_similarity REAL,
    recent_total_similarity REAL,
    best_recent_similarity REAL,
    best_unrejected_similarity REAL,
    best_company_similarity REAL,
    latest_similarity REAL,
    best_similarity_relative REAL,
    best_title_similarity REAL,
    mean_title_similarity REAL,
    latest_title_similarity REAL,
    best_title_relative REAL,
    best_widened_similarity REAL,
    mean_widened_similarity REAL,
    best_shared_people REAL,
    total_shared_people REAL,
    best_affinity REAL,
    total_affinity REAL,
    total_affinity_relative REAL,
    nearest_total REAL,
    best_days_ago REAL,
    best_stage REAL,
    best_rejected REAL,
    best_withdrawn REAL,
    best_people REAL,
    best_same_company REAL,
    best_same_area REAL,
    best_same_city REAL,
    best_same_seniority REAL,
    best_same_employment REAL,
    same_title_times REAL,
    same_company_times REAL,
    same_company_days_ago REAL,
    same_company_share REAL,
    same_area_share REAL,
    same_city_share REAL,
    same_region_share REAL,
    same_seniority_share REAL,
    same_employment_share REAL,
    same_education_share REAL,
    times_put_forward REAL,
    views REAL,
    days_since_last REAL,
    days_since_first REAL,
    times_last_quarter REAL,
    times_last_year REAL,
    share_hired REAL,
    share_rejected REAL,
    share_withdrawn REAL,
    furthest_stage REAL,
    days_since_hired REAL,
    companies REAL,
    nearest_similarity REAL,
    nearest_title_similarity REAL
)
DISTSTYLE EVEN
SORTKEY (is_holdout, cutoff);
