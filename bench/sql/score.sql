-- How fast are all rows scored? Their sum, so that nothing is left out and nothing is sent.
SELECT SUM(staging.speed_score({features})) AS total
FROM staging.rows_to_score
