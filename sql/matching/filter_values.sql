-- What is there to filter by? Values that occur, the most used first in each kind: skill, seniority, place (cities,
-- regions and countries in one list), education, language, currency, source, the stages in their order, and the cities
-- whose coordinates are known. In a blind review nobody can be found by a school, so that education which names one is
-- left out.
WITH texts_to_mask AS (
    SELECT CAST(NULL AS VARCHAR(64)) AS candidate_id, label AS kind, label AS body
    FROM features.value_keys
    WHERE kind = 'education' AND :blind
),

-- include: access/blind_review/masked_texts
,
places AS (
    SELECT CAST('place' AS VARCHAR(16)) AS kind, MIN(label) AS label, SUM(uses) AS uses
    FROM features.value_keys
    WHERE kind IN ('city', 'region', 'country')
    GROUP BY value
),

candidate_values AS (
    SELECT k.kind, k.label, COUNT(*) AS uses
    FROM features.candidate_facts AS c
    INNER JOIN features.value_keys AS k
        ON
            (k.kind = 'education' AND c.education_key = k.value_key)
            OR (k.kind = 'currency' AND c.currency_key = k.value_key AND c.desired_salary IS NOT NULL)
    LEFT JOIN masked_texts AS m ON k.kind = 'education' AND k.label = m.kind AND k.label <> m.body
    WHERE m.kind IS NULL
    GROUP BY k.kind, k.label
),

languages AS (
    SELECT CAST('language' AS VARCHAR(16)) AS kind, k.label, COUNT(*) AS uses
    FROM features.candidate_languages AS c
    INNER JOIN features.value_keys AS k ON k.kind = 'language' AND c.language_key = k.value_key
    GROUP BY k.label
),

sources AS (
    SELECT CAST('source' AS VARCHAR(16)) AS kind, MIN(TRIM(source)) AS label, COUNT(*) AS uses
    FROM hiring.candidates
    WHERE TRIM(source) <> ''
    GROUP BY LOWER(TRIM(source))
),

located_cities AS (
    SELECT CAST('located city' AS VARCHAR(16)) AS kind, k.label, MAX(k.uses) AS uses
    FROM features.value_keys AS k
    INNER JOIN (
        SELECT city_key, latitude, longitude FROM features.candidate_facts
        UNION ALL
        SELECT city_key, latitude, longitude FROM features.posting_facts
    ) AS l ON k.kind = 'city' AND k.value_key = l.city_key
    WHERE l.latitude IS NOT NULL AND l.longitude IS NOT NULL
    GROUP BY k.label
),

all_values AS (
    SELECT kind, label, uses FROM features.value_keys WHERE kind IN ('skill', 'seniority')
    UNION ALL
    SELECT kind, label, uses FROM places
    UNION ALL
    SELECT kind, label, uses FROM candidate_values
    UNION ALL
    SELECT kind, label, uses FROM languages
    UNION ALL
    SELECT kind, label, uses FROM sources
    UNION ALL
    SELECT kind, label, uses FROM located_cities
    UNION ALL
    SELECT 'stage' AS kind, stage AS label, 100 - stage_order AS uses FROM hiring.stages
),

ranked_values AS (
    SELECT kind, label, ROW_NUMBER() OVER (PARTITION BY kind ORDER BY uses DESC, label) AS use_rank
    FROM all_values
)

SELECT kind, label
FROM ranked_values
WHERE use_rank <= CASE WHEN kind = 'place' THEN 1000 ELSE 500 END
ORDER BY kind, use_rank;
