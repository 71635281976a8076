-- What is there to say of the candidates on a list but who they are? CTEs, to be spliced in (include); end with shown_details
-- and, for who they are, shown (candidate_id). The list is a JSON array of candidate ids.
listed AS (
    SELECT CAST(entry AS VARCHAR(64)) AS candidate_id
    FROM (SELECT JSON_PARSE(:listed) AS entries) AS given, given.entries AS entry
),

shown AS (
    SELECT p.posting_key, f.candidate_key, f.candidate_id
    FROM listed AS l
    INNER JOIN features.candidate_facts AS f ON l.candidate_id = f.candidate_id
    INNER JOIN features.posting_facts AS p ON p.posting_id = :posting_id
),

skills_shown AS (
    SELECT
        s.candidate_key,
        LISTAGG(CASE WHEN has.skill_key IS NOT NULL THEN k.label END, '; ') WITHIN GROUP (ORDER BY k.label) AS matched_skills,
        LISTAGG(CASE WHEN has.skill_key IS NULL THEN k.label END, '; ') WITHIN GROUP (ORDER BY k.label) AS missing_skills
    FROM shown AS s
    INNER JOIN features.posting_skills AS required ON s.posting_key = required.posting_key
    INNER JOIN features.value_keys AS k ON required.skill_key = k.value_key
    LEFT JOIN features.candidate_skills AS has
        ON required.skill_key = has.skill_key AND s.candidate_key = has.candidate_key
    GROUP BY s.candidate_key
),

nice_shown AS (
    SELECT s.candidate_key, LISTAGG(k.label, '; ') WITHIN GROUP (ORDER BY k.label) AS nice_skills
    FROM shown AS s
    INNER JOIN features.candidate_skills AS has ON s.candidate_key = has.candidate_key
    INNER JOIN features.value_keys AS k
        ON has.skill_key = k.value_key AND k.kind = 'skill' AND POSITION(';' || k.value || ';' IN :nice_to_have) > 0
    GROUP BY s.candidate_key
),

last_events AS (
    SELECT e.candidate_key, MAX(e.occurred_at) AS last_activity
    FROM features.events AS e
    INNER JOIN shown AS s ON e.candidate_key = s.candidate_key
    GROUP BY e.candidate_key
),

stages_here AS (
    SELECT
        e.candidate_key,
        e.stage,
        ROW_NUMBER() OVER (PARTITION BY e.candidate_key ORDER BY e.occurred_at DESC, e.stage_order DESC) AS recency
    FROM features.events AS e
    INNER JOIN shown AS s ON e.candidate_key = s.candidate_key AND e.posting_key = s.posting_key
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
    LEFT JOIN stages_here AS st ON s.candidate_key = st.candidate_key AND st.recency = 1
)
