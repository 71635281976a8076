-- Writes down who was on lists as shown. shown is a JSON array of [view, rank, id, score].
INSERT INTO app.list_rows_shown (view_id, rank, candidate_id, score)
SELECT
    CAST(shown_row[0] AS VARCHAR(32)) AS view_id,
    CAST(shown_row[1] AS SMALLINT) AS rank,
    CAST(shown_row[2] AS VARCHAR(64)) AS candidate_id,
    CAST(shown_row[3] AS DOUBLE PRECISION) AS score
FROM (SELECT JSON_PARSE(CAST(:shown AS VARCHAR(65535))) AS shown_rows) AS given, given.shown_rows AS shown_row;
