-- Which candidates pass the recruiter's filters? A list of CTEs to be spliced in (include) after targets (posting_key);
-- ends with eligible (candidate_key, nice_met).
-- include: match/checked_candidates
,
eligible AS (
    SELECT candidate_key, nice_met
    FROM checked_candidates
    WHERE
        must_met >= :must_count
        AND excluded_met = 0
        AND place_passed
        AND seniority_passed
        AND education_passed
        AND languages_passed
        AND experience_passed
        AND pay_passed
        AND available_passed
        AND active_passed
        AND stages_here_passed
        AND stages_elsewhere_passed
        AND new_passed
        AND on_lists_passed
        AND off_lists_passed
        AND sources_passed
        AND text_passed
)
