-- How many rows have arrived?
SELECT COUNT(*) AS arrived
FROM {staged};
