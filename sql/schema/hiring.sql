-- What does the company's own data look like in the warehouse? One statement per table; jobrec_ui/data/tables.py says
-- what each column means. Redshift enforces no keys: the loader checks that ids are unique.
CREATE SCHEMA IF NOT EXISTS hiring;

CREATE SCHEMA IF NOT EXISTS staging;

CREATE TABLE IF NOT EXISTS hiring.postings (
    posting_id VARCHAR(64) NOT NULL,
    title VARCHAR(1024) NOT NULL,
    description VARCHAR(65535),
    skills VARCHAR(16384),
    company VARCHAR(256),
    area VARCHAR(256),
    city VARCHAR(256),
    region VARCHAR(256),
    country VARCHAR(256),
    latitude DOUBLE PRECISION,
    longitude DOUBLE PRECISION,
    seniority VARCHAR(256),
    education VARCHAR(256),
    languages VARCHAR(256),
    employment_type VARCHAR(256),
    remote BOOLEAN,
    salary_min DOUBLE PRECISION,
    salary_max DOUBLE PRECISION,
    currency VARCHAR(256),
    years_experience_min DOUBLE PRECISION,
    opened_at DATE,
    closed_at DATE,
    status VARCHAR(256)
)
DISTSTYLE ALL
SORTKEY (posting_id);

CREATE TABLE IF NOT EXISTS hiring.candidates (
    candidate_id VARCHAR(64) NOT NULL,
    name VARCHAR(256),
    email VARCHAR(256),
    phone VARCHAR(256),
    headline VARCHAR(1024),
    summary VARCHAR(65535),
    skills VARCHAR(16384),
    city VARCHAR(256),
    region VARCHAR(256),
    country VARCHAR(256),
    latitude DOUBLE PRECISION,
    longitude DOUBLE PRECISION,
    seniority VARCHAR(256),
    education VARCHAR(256),
    languages VARCHAR(256),
    years_experience DOUBLE PRECISION,
    desired_salary DOUBLE PRECISION,
    currency VARCHAR(256),
    remote BOOLEAN,
    available_from DATE,
    source VARCHAR(256),
    updated_at TIMESTAMP
)
DISTSTYLE KEY
DISTKEY (candidate_id)
SORTKEY (candidate_id);

CREATE TABLE IF NOT EXISTS hiring.interactions (
    posting_id VARCHAR(64) NOT NULL,
    candidate_id VARCHAR(64) NOT NULL,
    stage VARCHAR(32) NOT NULL,
    occurred_at TIMESTAMP NOT NULL,
    reason VARCHAR(256)
)
DISTSTYLE KEY
DISTKEY (candidate_id)
SORTKEY (occurred_at);

CREATE TABLE IF NOT EXISTS hiring.demographics (
    candidate_id VARCHAR(64) NOT NULL,
    attribute VARCHAR(256) NOT NULL,
    value VARCHAR(256) NOT NULL
)
DISTSTYLE KEY
DISTKEY (candidate_id)
SORTKEY (candidate_id);

CREATE TABLE IF NOT EXISTS hiring.stages (
    stage VARCHAR(32) NOT NULL,
    stage_order SMALLINT NOT NULL,
    target DOUBLE PRECISION NOT NULL
)
DISTSTYLE ALL
SORTKEY (stage_order);

-- The model learns whom to put forward: whoever applied or was put forward counts, further stages a little more; a
-- view alone says little. A stage that is there already keeps its target.
INSERT INTO hiring.stages (stage, stage_order, target)
WITH known_stages AS (
    SELECT
        'viewed' AS stage,
        1 AS stage_order,
        0.1 AS target
    UNION ALL
    SELECT
        'applied' AS stage,
        2 AS stage_order,
        0.8 AS target
    UNION ALL
    SELECT
        'shortlisted' AS stage,
        3 AS stage_order,
        0.85 AS target
    UNION ALL
    SELECT
        'interviewed' AS stage,
        4 AS stage_order,
        0.9 AS target
    UNION ALL
    SELECT
        'offered' AS stage,
        5 AS stage_order,
        0.95 AS target
    UNION ALL
    SELECT
        'hired' AS stage,
        6 AS stage_order,
        1.0 AS target
    UNION ALL
    SELECT
        'rejected' AS stage,
        7 AS stage_order,
        0.7 AS target
    UNION ALL
    SELECT
        'withdrawn' AS stage,
        8 AS stage_order,
        0.75 AS target
)

SELECT known_stages.stage, known_stages.stage_order, known_stages.target
FROM known_stages
LEFT JOIN hiring.stages AS stored ON known_stages.stage = stored.stage
WHERE stored.stage IS NULL;
