-- Which load can be taken back? The one that was recorded last.
INSERT INTO staging.undo_load (data_version)
SELECT MAX(data_version) AS data_version
FROM app.data_loads;
