-- Which candidates are asked about? A CTE, to be spliced in (include): listed (candidate_id). They come as a JSON array of
-- ids, each once.
listed AS (
    SELECT CAST(entry AS VARCHAR(64)) AS candidate_id
    FROM (SELECT JSON_PARSE(CAST(:listed AS VARCHAR(65535))) AS entries) AS given, given.entries AS entry
)
