-- What does the recruiter see of the best candidates? CTEs and the final SELECT, to be spliced in (include) after
-- pair_features and eligible. Names and contact data are read here, for the rows shown, never before.
scored AS (
    SELECT
        f.posting_key,
        f.candidate_key,
        {score_function}({features}) AS score,
        e.nice_met
    FROM pair_features AS f
    INNER JOIN eligible AS e ON f.candidate_key = e.candidate_key
),

ranked AS (
    SELECT
        posting_key,
        candidate_key,
        score,
        ROW_NUMBER() OVER (
            ORDER BY score + 0.1 * nice_met / GREATEST(CAST(:nice_count AS INTEGER), 1) DESC, score DESC, candidate_key
        ) AS rank
    FROM scored
),

shown AS (
    SELECT posting_key, candidate_key, score, rank
    FROM ranked
    WHERE rank <= :limit
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
    INNER JOIN wanted_skills AS w ON has.skill_key = w.skill_key AND w.is_nice
    INNER JOIN features.value_keys AS k ON has.skill_key = k.value_key
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
)

SELECT
    s.rank,
    c.candidate_id,
    c.name,
    c.headline,
    s.score,
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
INNER JOIN features.candidate_facts AS f ON s.candidate_key = f.candidate_key
INNER JOIN hiring.candidates AS c ON f.candidate_id = c.candidate_id
LEFT JOIN skills_shown AS sk ON s.candidate_key = sk.candidate_key
LEFT JOIN nice_shown AS n ON s.candidate_key = n.candidate_key
LEFT JOIN last_events AS l ON s.candidate_key = l.candidate_key
LEFT JOIN stages_here AS st ON s.candidate_key = st.candidate_key AND st.recency = 1
ORDER BY s.rank;
