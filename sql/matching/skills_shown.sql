-- Which of the skills asked for does each shown candidate have? A CTE, to be spliced in (include) after shown (posting_key,
-- candidate_key): skills_shown.
skills_shown AS (
    SELECT
        s.posting_key,
        s.candidate_key,
        LISTAGG(CASE WHEN has.skill_key IS NOT NULL THEN k.label END, '; ') WITHIN GROUP (ORDER BY k.label) AS matched_skills,
        LISTAGG(CASE WHEN has.skill_key IS NULL THEN k.label END, '; ') WITHIN GROUP (ORDER BY k.label) AS missing_skills
    FROM shown AS s
    INNER JOIN features.requirements AS required ON s.posting_key = required.posting_key AND required.is_skill
    INNER JOIN features.value_keys AS k ON required.value_key = k.value_key
    LEFT JOIN features.candidate_skills AS has
        ON required.value_key = has.skill_key AND s.candidate_key = has.candidate_key
    GROUP BY s.posting_key, s.candidate_key
)
