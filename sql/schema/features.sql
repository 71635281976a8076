-- Where does what the model reads live? Tables made from the company's data: once per load, whatever the date.
-- Keys are small integers, made anew with every load: they join faster than the company's own ids and sort better.
CREATE SCHEMA IF NOT EXISTS features;

CREATE TABLE IF NOT EXISTS features.value_keys (
    kind VARCHAR(16) NOT NULL,
    value VARCHAR(256) NOT NULL,
    label VARCHAR(256) NOT NULL,
    uses BIGINT NOT NULL,
    value_key INTEGER NOT NULL
)
DISTSTYLE ALL
SORTKEY (kind, value);

CREATE TABLE IF NOT EXISTS features.posting_facts (
    posting_key INTEGER NOT NULL,
    posting_id VARCHAR(64) NOT NULL,
    opened_on DATE,
    opening_is_known BOOLEAN NOT NULL, -- FALSE: no day is given, or people came before it
    is_open BOOLEAN NOT NULL,
    title_key INTEGER,
    company_key INTEGER,
    area_key INTEGER,
    city_key INTEGER,
    region_key INTEGER,
    country_key INTEGER,
    seniority_key INTEGER,
    education_key INTEGER,
    employment_key INTEGER,
    currency_key INTEGER,
    latitude DOUBLE PRECISION,
    longitude DOUBLE PRECISION,
    earth_x DOUBLE PRECISION, -- the same place as a point of a sphere of radius 1
    earth_y DOUBLE PRECISION,
    earth_z DOUBLE PRECISION,
    remote BOOLEAN,
    pay DOUBLE PRECISION,
    years_experience_min DOUBLE PRECISION,
    skills_required INTEGER NOT NULL,
    languages_required INTEGER NOT NULL
)
DISTSTYLE ALL
SORTKEY (posting_key);

CREATE TABLE IF NOT EXISTS features.candidate_facts (
    candidate_key INTEGER NOT NULL,
    candidate_id VARCHAR(64) NOT NULL,
    city_key INTEGER,
    region_key INTEGER,
    country_key INTEGER,
    seniority_key INTEGER,
    education_key INTEGER,
    currency_key INTEGER,
    latitude DOUBLE PRECISION,
    longitude DOUBLE PRECISION,
    earth_x DOUBLE PRECISION, -- the same place as a point of a sphere of radius 1
    earth_y DOUBLE PRECISION,
    earth_z DOUBLE PRECISION,
    remote BOOLEAN,
    desired_salary DOUBLE PRECISION,
    years_experience DOUBLE PRECISION,
    available_from DATE,
    skills_listed INTEGER NOT NULL,
    languages_listed INTEGER NOT NULL,
    last_event_at TIMESTAMP -- for pages; never a feature
)
DISTSTYLE KEY
DISTKEY (candidate_key)
SORTKEY (candidate_key);

CREATE TABLE IF NOT EXISTS features.requirements (
    posting_key INTEGER NOT NULL,
    value_key INTEGER NOT NULL,
    is_skill BOOLEAN NOT NULL -- or else a language
)
DISTSTYLE ALL
SORTKEY (posting_key);

CREATE TABLE IF NOT EXISTS features.candidate_skills (
    skill_key INTEGER NOT NULL,
    candidate_key INTEGER NOT NULL
)
DISTSTYLE KEY
DISTKEY (candidate_key)
SORTKEY (skill_key, candidate_key);

CREATE TABLE IF NOT EXISTS features.candidate_languages (
    candidate_key INTEGER NOT NULL,
    language_key INTEGER NOT NULL
)
DISTSTYLE KEY
DISTKEY (candidate_key)
SORTKEY (candidate_key);

CREATE TABLE IF NOT EXISTS features.terms (
    term_id INTEGER NOT NULL,
    term VARCHAR(256) NOT NULL
)
DISTSTYLE ALL
SORTKEY (term);

CREATE TABLE IF NOT EXISTS features.posting_words (
    posting_key INTEGER NOT NULL,
    term_id INTEGER NOT NULL,
    frequency DOUBLE PRECISION NOT NULL,
    in_title BOOLEAN NOT NULL
)
DISTSTYLE KEY
DISTKEY (posting_key)
SORTKEY (posting_key);

CREATE TABLE IF NOT EXISTS features.candidate_words (
    candidate_key INTEGER NOT NULL,
    term_id INTEGER NOT NULL,
    frequency DOUBLE PRECISION NOT NULL
)
DISTSTYLE KEY
DISTKEY (candidate_key)
SORTKEY (candidate_key);

-- The last stage of each candidate on each posting.
CREATE TABLE IF NOT EXISTS features.stages_reached (
    posting_key INTEGER NOT NULL,
    candidate_key INTEGER NOT NULL,
    stage VARCHAR(32) NOT NULL,
    occurred_at TIMESTAMP NOT NULL
)
DISTSTYLE KEY
DISTKEY (candidate_key)
SORTKEY (candidate_key, posting_key);

CREATE TABLE IF NOT EXISTS features.events (
    posting_key INTEGER NOT NULL,
    candidate_key INTEGER NOT NULL,
    stage VARCHAR(32) NOT NULL,
    stage_order SMALLINT NOT NULL,
    target DOUBLE PRECISION NOT NULL,
    occurred_at TIMESTAMP NOT NULL
)
DISTSTYLE KEY
DISTKEY (candidate_key)
SORTKEY (occurred_at);
