-- What is there to say of the candidates on a list but who they are? CTEs, to be spliced in (include); end with shown_details
-- and, for who they are, shown (candidate_id). The list is a JSON array of candidate ids.
listed AS (
    SELECT CAST(entry AS VARCHAR(64)) AS candidate_id
    FROM (SELECT JSON_PARSE(CAST(:listed AS VARCHAR(65535))) AS entries) AS given, given.entries AS entry
),

shown AS (
    SELECT p.posting_key, f.candidate_key, f.candidate_id
    FROM listed AS l
    INNER JOIN features.candidate_facts AS f ON l.candidate_id = f.candidate_id
    INNER JOIN features.posting_facts AS p ON p.posting_id = :posting_id
),

-- include: match/shown_pairs
,
nice_shown AS (
    SELECT s.candidate_key, LISTAGG(k.label, '; ') WITHIN GROUP (ORDER BY k.label) AS nice_skills
    FROM shown AS s
    INNER JOIN features.candidate_skills AS has ON s.candidate_key = has.candidate_key
    INNER JOIN features.value_keys AS k
        ON has.skill_key = k.value_key AND k.kind = 'skill' AND POSITION(';' || k.value || ';' IN CAST(:nice_to_have AS VARCHAR(65535))) > 0
    GROUP BY s.candidate_key
),

last_events AS (
    SELECT e.candidate_key, MAX(e.occurred_at) AS last_activity
    FROM features.events AS e
    INNER JOIN shown AS s ON e.candidate_key = s.candidate_key
    GROUP BY e.candidate_key
),

shown_details AS (
    SELECT
        c.candidate_id,
        c.city,
        c.region,
        c.country,
        c.seniority,
        c.years_experience,
        c.available_from,
        sk.matched_skills,
        sk.missing_skills,
        n.nice_skills,
        GREATEST(l.last_activity, c.updated_at) AS last_activity,
        st.stage AS known_stage
    FROM shown AS s
    INNER JOIN hiring.candidates AS c ON s.candidate_id = c.candidate_id
    LEFT JOIN skills_shown AS sk ON s.candidate_key = sk.candidate_key
    LEFT JOIN nice_shown AS n ON s.candidate_key = n.candidate_key
    LEFT JOIN last_events AS l ON s.candidate_key = l.candidate_key
    LEFT JOIN stages_here AS st ON s.candidate_key = st.candidate_key
)
