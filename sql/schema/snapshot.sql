-- What was known at one moment? The same tables in schema features (the moment is now, for ranking) and in schema
-- training (a past moment, for learning). Everything in them comes from events before clock.as_of.
CREATE SCHEMA IF NOT EXISTS {schema};

CREATE TABLE IF NOT EXISTS {schema}.clock (
    as_of TIMESTAMP NOT NULL
)
DISTSTYLE ALL;

CREATE TABLE IF NOT EXISTS {schema}.history (
    candidate_key INTEGER NOT NULL,
    posting_key INTEGER NOT NULL,
    days_ago INTEGER NOT NULL,
    weight_half_year DOUBLE PRECISION NOT NULL, -- falls to 1/e in so long
    weight_year DOUBLE PRECISION NOT NULL,
    weight_two_years DOUBLE PRECISION NOT NULL,
    target DOUBLE PRECISION NOT NULL,
    furthest_stage SMALLINT NOT NULL,
    hired BOOLEAN NOT NULL,
    rejected BOOLEAN NOT NULL,
    withdrawn BOOLEAN NOT NULL
)
DISTSTYLE KEY
DISTKEY (candidate_key)
SORTKEY (candidate_key);

CREATE TABLE IF NOT EXISTS {schema}.posting_people (
    posting_key INTEGER NOT NULL,
    candidate_key INTEGER NOT NULL,
    weight_two_years DOUBLE PRECISION NOT NULL
)
DISTSTYLE KEY
DISTKEY (posting_key)
SORTKEY (posting_key);

CREATE TABLE IF NOT EXISTS {schema}.past_postings (
    posting_key INTEGER NOT NULL,
    people INTEGER NOT NULL,
    title_key INTEGER,
    company_key INTEGER,
    area_key INTEGER,
    city_key INTEGER,
    region_key INTEGER,
    seniority_key INTEGER,
    employment_key INTEGER,
    education_key INTEGER
)
DISTSTYLE ALL
SORTKEY (posting_key);

CREATE TABLE IF NOT EXISTS {schema}.related_postings (
    posting_key INTEGER NOT NULL,
    other_posting_key INTEGER NOT NULL,
    relation DOUBLE PRECISION NOT NULL
)
DISTSTYLE KEY
DISTKEY (posting_key)
SORTKEY (posting_key);

CREATE TABLE IF NOT EXISTS {schema}.qualifications (
    value_key INTEGER NOT NULL,
    candidate_key INTEGER NOT NULL,
    is_listed BOOLEAN NOT NULL,
    times_practised INTEGER NOT NULL
)
DISTSTYLE KEY
DISTKEY (candidate_key)
SORTKEY (value_key, candidate_key);

CREATE TABLE IF NOT EXISTS {schema}.candidate_activity (
    candidate_key INTEGER NOT NULL,
    times_put_forward REAL NOT NULL,
    views REAL NOT NULL,
    days_since_last REAL,
    days_since_first REAL,
    times_last_quarter REAL NOT NULL,
    times_last_year REAL NOT NULL,
    share_hired REAL,
    share_rejected REAL,
    share_withdrawn REAL,
    furthest_stage REAL,
    days_since_hired REAL,
    companies REAL NOT NULL
)
DISTSTYLE KEY
DISTKEY (candidate_key)
SORTKEY (candidate_key);

CREATE TABLE IF NOT EXISTS {schema}.posting_terms (
    term_id INTEGER NOT NULL,
    posting_key INTEGER NOT NULL,
    weight DOUBLE PRECISION NOT NULL,
    title_weight DOUBLE PRECISION NOT NULL,
    weight_rank INTEGER NOT NULL
)
DISTSTYLE KEY
DISTKEY (posting_key)
SORTKEY (term_id);

CREATE TABLE IF NOT EXISTS {schema}.candidate_terms (
    term_id INTEGER NOT NULL,
    candidate_key INTEGER NOT NULL,
    own_weight DOUBLE PRECISION NOT NULL,
    history_weight DOUBLE PRECISION NOT NULL
)
DISTSTYLE KEY
DISTKEY (candidate_key)
SORTKEY (term_id);

CREATE TABLE IF NOT EXISTS {schema}.term_weights (
    term_id INTEGER NOT NULL,
    weight DOUBLE PRECISION NOT NULL
)
DISTSTYLE ALL
SORTKEY (term_id);
