-- Which statuses do postings have of which nobody knows whether they mean open or closed, and how many postings have
-- them? There the closing day decides.
WITH
-- include: features/read_statuses

SELECT p.status, COUNT(*) AS postings
FROM hiring.postings AS p
INNER JOIN read_statuses AS r ON p.status = r.status
WHERE r.is_open IS NULL
GROUP BY p.status
ORDER BY postings DESC, p.status;
