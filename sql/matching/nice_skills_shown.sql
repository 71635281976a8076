-- Which of the skills that are nice to have does each shown candidate have? A CTE, to be spliced in after shown: nice_skills_shown.
-- part of: nice_skills_shown
nice_skills_shown AS (
    SELECT s.candidate_key, LISTAGG(k.label, '; ') WITHIN GROUP (ORDER BY k.label) AS nice_skills
    FROM shown AS s
    INNER JOIN features.candidate_skills AS has ON s.candidate_key = has.candidate_key
    INNER JOIN features.value_keys AS k
        ON has.skill_key = k.value_key AND k.kind = 'skill' AND POSITION(';' || k.value || ';' IN CAST(:nice_to_have AS VARCHAR(65535))) > 0
    GROUP BY s.candidate_key
)
