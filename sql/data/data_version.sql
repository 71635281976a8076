-- Which data does the warehouse hold now: the latest load's version, time and counts?
SELECT
    data_version,
    loaded_at,
    as_of,
    postings,
    candidates,
    interactions,
    demographics
FROM app.data_loads
ORDER BY data_version DESC
LIMIT 1;
