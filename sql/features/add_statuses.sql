-- Which words of a posting's status does the app know? Those that are missing are added; one that is there keeps what
-- the company made of it. They come as a JSON array of status, is_open.
INSERT INTO hiring.posting_statuses (status, is_open)
WITH known AS (
    SELECT CAST(s.status AS VARCHAR(256)) AS status, CAST(s.is_open AS BOOLEAN) AS is_open
    FROM (SELECT JSON_PARSE(CAST(:statuses AS VARCHAR(65535))) AS statuses) AS given, given.statuses AS s
)

SELECT known.status, known.is_open
FROM known
LEFT JOIN hiring.posting_statuses AS stored ON known.status = stored.status
WHERE stored.status IS NULL;
