-- Which of these ids are candidates?
WITH
-- include: matching/listed

SELECT l.candidate_id
FROM listed AS l
INNER JOIN hiring.candidates AS c ON l.candidate_id = c.candidate_id
ORDER BY l.candidate_id;
