-- Writes down that lists were shown: to whom, for which posting, with which filters, and by which model. views is a JSON array
-- of [view, user, posting, model version, data version, filters].
INSERT INTO app.lists_shown (view_id, shown_at, username, posting_id, model_version, data_version, filters)
SELECT
    CAST(shown_list[0] AS VARCHAR(32)) AS view_id,
    SYSDATE AS shown_at,
    CAST(shown_list[1] AS VARCHAR(256)) AS username,
    CAST(shown_list[2] AS VARCHAR(64)) AS posting_id,
    CAST(shown_list[3] AS INTEGER) AS model_version,
    CAST(shown_list[4] AS BIGINT) AS data_version,
    CAST(shown_list[5] AS VARCHAR(4096)) AS filters
FROM (SELECT JSON_PARSE(CAST(:views AS VARCHAR(65535))) AS shown_lists) AS given, given.shown_lists AS shown_list;
