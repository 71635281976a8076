-- Which of these ids are candidates? listed is a JSON array of ids.
WITH listed AS (
    SELECT DISTINCT CAST(entry AS VARCHAR(64)) AS candidate_id
    FROM (SELECT JSON_PARSE(CAST(:listed AS VARCHAR(65535))) AS entries) AS given, given.entries AS entry
)

SELECT l.candidate_id
FROM listed AS l
INNER JOIN hiring.candidates AS c ON l.candidate_id = c.candidate_id
ORDER BY l.candidate_id;
