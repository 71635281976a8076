-- Which stages do interactions have that hiring.stages does not know, and how often?
SELECT i.stage, COUNT(*) AS times
FROM hiring.interactions AS i
LEFT JOIN hiring.stages AS s ON i.stage = s.stage
WHERE s.stage IS NULL
GROUP BY i.stage
ORDER BY times DESC
LIMIT 10;
