-- Writes down what somebody did to people on a list, with one row for each. people is a JSON array of [id, position].
INSERT INTO app.shortlist_events (
    shortlist_id, event_id, occurred_at, username, event, candidate_id, posting_id, value, detail, position, undoes
)
SELECT
    CAST(:shortlist_id AS VARCHAR(32)) AS shortlist_id,
    CAST(:event_id AS VARCHAR(32)) AS event_id,
    SYSDATE AS occurred_at,
    CAST(:username AS VARCHAR(256)) AS username,
    CAST(:event AS VARCHAR(16)) AS event,
    CAST(person[0] AS VARCHAR(64)) AS candidate_id,
    CAST(NULL AS VARCHAR(64)) AS posting_id,
    CAST(:value AS VARCHAR(4096)) AS value,
    CAST(:detail AS VARCHAR(1024)) AS detail,
    CAST(person[1] AS DOUBLE PRECISION) AS position,
    CAST(NULL AS VARCHAR(32)) AS undoes
FROM (SELECT JSON_PARSE(CAST(:people AS VARCHAR(65535))) AS people) AS given, given.people AS person;
