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

-- Every way in which the company writes a value, and whose spelling it is.
CREATE TABLE IF NOT EXISTS features.value_spellings (
    kind VARCHAR(16) NOT NULL,
    spelling VARCHAR(256) NOT NULL,
    value_key INTEGER NOT NULL
)
DISTSTYLE ALL
SORTKEY (kind, spelling);

CREATE TABLE IF NOT EXISTS features.posting_facts (
    posting_key INTEGER NOT NULL,
    posting_id VARCHAR(64) NOT NULL,
    opened_on DATE,
    opening_is_known BOOLEAN NOT NULL, -- FALSE: no day is given, or people came before it
    closed_on DATE, -- may lie in the future
    says_open BOOLEAN, -- by its status; NULL where that says nothing, and the day decides
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

-- The words of what candidates say of themselves, letters folded, a blank around each; with emphasis 0 those with an
-- apostrophe again, without it. For the text search and for the words that the model weighs.
CREATE TABLE IF NOT EXISTS features.candidate_texts (
    candidate_key INTEGER NOT NULL,
    emphasis INTEGER NOT NULL,
    body VARCHAR(65535) NOT NULL
)
DISTSTYLE KEY
DISTKEY (candidate_key)
SORTKEY (candidate_key);

-- What people look into to find somebody or a posting, letters folded. For searches alone: names and contact data are
-- among it, so that nothing that a model reads may be made from these tables.
CREATE TABLE IF NOT EXISTS features.posting_search (
    posting_key INTEGER NOT NULL,
    part VARCHAR(16) NOT NULL, -- title, details, id
    body VARCHAR(65535) NOT NULL
)
DISTSTYLE ALL
SORTKEY (posting_key);

CREATE TABLE IF NOT EXISTS features.candidate_search (
    candidate_key INTEGER NOT NULL,
    part VARCHAR(16) NOT NULL, -- name, headline, email, phone, profile, id
    tells_who BOOLEAN NOT NULL, -- not to be looked into in a blind review
    body VARCHAR(65535) NOT NULL
)
DISTSTYLE KEY
DISTKEY (candidate_key)
SORTKEY (candidate_key);

CREATE TABLE IF NOT EXISTS features.search_words (
    word VARCHAR(64) NOT NULL,
    letters INTEGER NOT NULL,
    in_postings BOOLEAN NOT NULL,
    in_candidates BOOLEAN NOT NULL,
    in_blind_review BOOLEAN NOT NULL
)
DISTSTYLE ALL
SORTKEY (letters, word);
