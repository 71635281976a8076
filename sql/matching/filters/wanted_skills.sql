-- Which skills must candidates have, or not have? CTEs, to be spliced in (include); end with wanted_skills and holders
-- (skill_key, candidate_key). The skills come as a JSON array of skill, is_must; one that is unknown has no key.
-- part of: counted, eligible
wanted_skills AS (
    SELECT typed.skill, typed.is_must, k.value_key AS skill_key
    FROM (
        SELECT CAST(s.skill AS VARCHAR(65535)) AS skill, CAST(s.is_must AS BOOLEAN) AS is_must
        FROM (SELECT JSON_PARSE(CAST(:skills AS VARCHAR(65535))) AS skills) AS given, given.skills AS s
    ) AS typed
    LEFT JOIN features.value_keys AS k ON k.kind = 'skill' AND typed.skill = k.value
),

holders AS (
    SELECT c.skill_key, c.candidate_key
    FROM features.candidate_skills AS c
    INNER JOIN wanted_skills AS w ON c.skill_key = w.skill_key
)
