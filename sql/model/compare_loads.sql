-- How much data was there at two data versions?
SELECT data_version, loaded_at, as_of, postings, candidates, interactions
FROM app.data_loads
WHERE data_version IN (:earlier, :later)
ORDER BY data_version;
