-- What does the warehouse hold after this load, and up to which moment? One more row, with the next version.
INSERT INTO app.data_loads (data_version, loaded_at, as_of, postings, candidates, interactions, demographics)
WITH earlier_loads AS (
    SELECT COALESCE(MAX(data_version), 0) AS latest_version
    FROM app.data_loads
),

all_postings AS (
    SELECT COUNT(*) AS postings
    FROM hiring.postings
),

all_candidates AS (
    SELECT COUNT(*) AS candidates
    FROM hiring.candidates
),

all_interactions AS (
    SELECT
        COUNT(*) AS interactions,
        MAX(occurred_at) AS as_of
    FROM hiring.interactions
),

all_demographics AS (
    SELECT COUNT(*) AS demographics
    FROM hiring.demographics
)

SELECT
    earlier_loads.latest_version + 1 AS data_version,
    GETDATE() AS loaded_at,
    all_interactions.as_of,
    all_postings.postings,
    all_candidates.candidates,
    all_interactions.interactions,
    all_demographics.demographics
FROM earlier_loads
CROSS JOIN all_postings
CROSS JOIN all_candidates
CROSS JOIN all_interactions
CROSS JOIN all_demographics;
