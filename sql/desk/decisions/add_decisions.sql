-- Writes down a decision about one or several people. people is a JSON array of [id, rank in the list as shown].
INSERT INTO app.decisions (
    event_id, decided_at, username, posting_id, candidate_id, decision, stage, reason, shortlist_id, view_id, rank,
    model_version, undoes
)
SELECT
    CAST(:event_id AS VARCHAR(32)) AS event_id,
    SYSDATE AS decided_at,
    CAST(:username AS VARCHAR(256)) AS username,
    CAST(:posting_id AS VARCHAR(64)) AS posting_id,
    CAST(person[0] AS VARCHAR(64)) AS candidate_id,
    CAST(:decision AS VARCHAR(32)) AS decision,
    CAST(:stage AS VARCHAR(32)) AS stage,
    CAST(:reason AS VARCHAR(1024)) AS reason,
    CAST(:shortlist_id AS VARCHAR(32)) AS shortlist_id,
    CAST(:view_id AS VARCHAR(32)) AS view_id,
    CAST(person[1] AS SMALLINT) AS rank,
    CAST(:model_version AS INTEGER) AS model_version,
    CAST(:undoes AS VARCHAR(32)) AS undoes
FROM (SELECT JSON_PARSE(CAST(:people AS VARCHAR(65535))) AS people) AS given, given.people AS person;
