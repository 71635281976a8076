-- In which order are candidates shown, if some skills are nice to have? All of them lift a score by 0.1. Takes the place
-- of ranked_by_score.sql, with the same columns.
-- part of: ranked
nice_skills AS (
    SELECT c.candidate_key, COUNT(*) AS nice_met
    FROM features.candidate_skills AS c
    INNER JOIN features.value_keys AS k
        ON
            k.kind = 'skill'
            AND c.skill_key = k.value_key
            AND POSITION(';' || k.value || ';' IN CAST(:nice_to_have AS VARCHAR(65535))) > 0
    GROUP BY c.candidate_key
),

ranked AS (
    SELECT
        s.posting_key,
        s.candidate_key,
        s.score,
        ROW_NUMBER() OVER (
            ORDER BY
                s.score + 0.1 * COALESCE(n.nice_met, 0) / GREATEST(CAST(:nice_count AS INTEGER), 1) DESC, s.score DESC, s.candidate_key
        ) AS rank
    FROM scored AS s
    LEFT JOIN nice_skills AS n ON s.candidate_key = n.candidate_key
)
