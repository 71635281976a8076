-- What is there to say of the candidates on a list for one posting, whoever they are? CTEs, to be spliced in (include); end
-- with shown_details and shown (candidate_id).
-- include: match/listed
,
shown AS (
    SELECT p.posting_key, f.candidate_key, f.candidate_id, f.last_event_at
    FROM listed AS l
    INNER JOIN features.candidate_facts AS f ON l.candidate_id = f.candidate_id
    INNER JOIN features.posting_facts AS p ON p.posting_id = :posting_id
),

-- include: match/skills_shown
,
-- include each: nice_skills
,
shown_details AS (
    SELECT
        s.candidate_id,
        s.last_event_at,
        sk.matched_skills,
        sk.missing_skills,
        n.nice_skills,
        st.stage AS known_stage
    FROM shown AS s
    LEFT JOIN skills_shown AS sk ON s.candidate_key = sk.candidate_key
    LEFT JOIN nice_skills AS n ON s.candidate_key = n.candidate_key
    LEFT JOIN features.stages_reached AS st ON s.candidate_key = st.candidate_key AND s.posting_key = st.posting_key
)
