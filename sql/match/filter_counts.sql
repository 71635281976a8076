-- How many candidates does each active filter leave out, and how many of those would pass without it? One row for each
-- kind of filter; each skill that is a must or excluded counts by itself. value is NULL but for skills.
WITH targets AS (
    SELECT posting_key
    FROM features.posting_facts
    WHERE posting_id = :posting_id
),

-- include: match/checked_candidates
,
failures AS (
    SELECT
        candidate_key,
        :must_count - must_met AS must_failed,
        excluded_met AS excluded_failed,
        CASE WHEN place_passed THEN 0 ELSE 1 END AS place_failed,
        CASE WHEN seniority_passed THEN 0 ELSE 1 END AS seniority_failed,
        CASE WHEN education_passed THEN 0 ELSE 1 END AS education_failed,
        CASE WHEN languages_passed THEN 0 ELSE 1 END AS languages_failed,
        CASE WHEN experience_passed THEN 0 ELSE 1 END AS experience_failed,
        CASE WHEN pay_passed THEN 0 ELSE 1 END AS pay_failed,
        CASE WHEN available_passed THEN 0 ELSE 1 END AS available_failed,
        CASE WHEN active_passed THEN 0 ELSE 1 END AS active_failed,
        CASE WHEN stages_here_passed THEN 0 ELSE 1 END AS stages_here_failed,
        CASE WHEN stages_elsewhere_passed THEN 0 ELSE 1 END AS stages_elsewhere_failed,
        CASE WHEN new_passed THEN 0 ELSE 1 END AS new_failed,
        CASE WHEN on_lists_passed THEN 0 ELSE 1 END AS on_lists_failed,
        CASE WHEN off_lists_passed THEN 0 ELSE 1 END AS off_lists_failed,
        CASE WHEN sources_passed THEN 0 ELSE 1 END AS sources_failed,
        CASE WHEN text_passed THEN 0 ELSE 1 END AS text_failed
    FROM checked_candidates
),

all_failures AS (
    SELECT
        failures.*,
        must_failed + excluded_failed + place_failed + seniority_failed + education_failed + languages_failed
        + experience_failed + pay_failed + available_failed + active_failed + stages_here_failed + stages_elsewhere_failed
        + new_failed + on_lists_failed + off_lists_failed + sources_failed + text_failed AS failed
    FROM failures
),

totals AS (
    SELECT
        COUNT(*) AS candidates,
        SUM(CASE WHEN failed = 0 THEN 1 ELSE 0 END) AS passing,
        SUM(CASE WHEN failed = 1 THEN must_failed ELSE 0 END) AS must_alone,
        SUM(place_failed) AS place_removed,
        SUM(CASE WHEN failed = 1 THEN place_failed ELSE 0 END) AS place_alone,
        SUM(seniority_failed) AS seniority_removed,
        SUM(CASE WHEN failed = 1 THEN seniority_failed ELSE 0 END) AS seniority_alone,
        SUM(education_failed) AS education_removed,
        SUM(CASE WHEN failed = 1 THEN education_failed ELSE 0 END) AS education_alone,
        SUM(languages_failed) AS languages_removed,
        SUM(CASE WHEN failed = 1 THEN languages_failed ELSE 0 END) AS languages_alone,
        SUM(experience_failed) AS experience_removed,
        SUM(CASE WHEN failed = 1 THEN experience_failed ELSE 0 END) AS experience_alone,
        SUM(pay_failed) AS pay_removed,
        SUM(CASE WHEN failed = 1 THEN pay_failed ELSE 0 END) AS pay_alone,
        SUM(available_failed) AS available_removed,
        SUM(CASE WHEN failed = 1 THEN available_failed ELSE 0 END) AS available_alone,
        SUM(active_failed) AS active_removed,
        SUM(CASE WHEN failed = 1 THEN active_failed ELSE 0 END) AS active_alone,
        SUM(stages_here_failed) AS stages_here_removed,
        SUM(CASE WHEN failed = 1 THEN stages_here_failed ELSE 0 END) AS stages_here_alone,
        SUM(stages_elsewhere_failed) AS stages_elsewhere_removed,
        SUM(CASE WHEN failed = 1 THEN stages_elsewhere_failed ELSE 0 END) AS stages_elsewhere_alone,
        SUM(new_failed) AS new_removed,
        SUM(CASE WHEN failed = 1 THEN new_failed ELSE 0 END) AS new_alone,
        SUM(on_lists_failed) AS on_lists_removed,
        SUM(CASE WHEN failed = 1 THEN on_lists_failed ELSE 0 END) AS on_lists_alone,
        SUM(off_lists_failed) AS off_lists_removed,
        SUM(CASE WHEN failed = 1 THEN off_lists_failed ELSE 0 END) AS off_lists_alone,
        SUM(sources_failed) AS sources_removed,
        SUM(CASE WHEN failed = 1 THEN sources_failed ELSE 0 END) AS sources_alone,
        SUM(text_failed) AS text_removed,
        SUM(CASE WHEN failed = 1 THEN text_failed ELSE 0 END) AS text_alone
    FROM all_failures
),

-- Of the candidates who have a wanted skill: how many there are, and how many of them lack one other must only.
holders AS (
    SELECT
        w.skill,
        MAX(CASE WHEN w.is_must THEN 1 ELSE 0 END) AS is_must,
        COUNT(*) AS people,
        SUM(CASE WHEN f.failed = 1 THEN f.must_failed ELSE 0 END) AS lacking_another,
        SUM(CASE WHEN f.failed = 1 THEN f.excluded_failed ELSE 0 END) AS excluded_alone
    FROM wanted_skills AS w
    INNER JOIN features.candidate_skills AS c ON w.skill_key = c.skill_key
    INNER JOIN all_failures AS f ON c.candidate_key = f.candidate_key
    WHERE w.is_must OR w.is_excluded
    GROUP BY w.skill
),

wanted_words AS (
    SELECT DISTINCT CAST(word AS VARCHAR(256)) AS skill
    FROM (SELECT SPLIT_TO_ARRAY(CAST(:must_have AS VARCHAR(65535)), ';') AS words) AS typed, typed.words AS word
    WHERE CAST(word AS VARCHAR) <> ''
)

SELECT
    'must_have' AS filter,
    w.skill AS value,
    t.candidates - COALESCE(h.people, 0) AS removed,
    t.must_alone - COALESCE(h.lacking_another, 0) AS alone,
    t.passing,
    t.candidates
FROM wanted_words AS w
CROSS JOIN totals AS t
LEFT JOIN holders AS h ON w.skill = h.skill
UNION ALL
SELECT 'excluded' AS filter, h.skill AS value, h.people AS removed, h.excluded_alone AS alone, t.passing, t.candidates
FROM holders AS h
CROSS JOIN totals AS t
WHERE h.is_must = 0
UNION ALL
SELECT 'place' AS filter, NULL AS value, place_removed AS removed, place_alone AS alone, passing, candidates
FROM totals
UNION ALL
SELECT 'seniority' AS filter, NULL AS value, seniority_removed AS removed, seniority_alone AS alone, passing, candidates
FROM totals
UNION ALL
SELECT 'education' AS filter, NULL AS value, education_removed AS removed, education_alone AS alone, passing, candidates
FROM totals
UNION ALL
SELECT 'languages' AS filter, NULL AS value, languages_removed AS removed, languages_alone AS alone, passing, candidates
FROM totals
UNION ALL
SELECT 'experience' AS filter, NULL AS value, experience_removed AS removed, experience_alone AS alone, passing, candidates
FROM totals
UNION ALL
SELECT 'pay' AS filter, NULL AS value, pay_removed AS removed, pay_alone AS alone, passing, candidates
FROM totals
UNION ALL
SELECT 'available' AS filter, NULL AS value, available_removed AS removed, available_alone AS alone, passing, candidates
FROM totals
UNION ALL
SELECT 'active' AS filter, NULL AS value, active_removed AS removed, active_alone AS alone, passing, candidates
FROM totals
UNION ALL
SELECT 'stages_here' AS filter, NULL AS value, stages_here_removed AS removed, stages_here_alone AS alone, passing, candidates
FROM totals
UNION ALL
SELECT 'stages_elsewhere' AS filter, NULL AS value, stages_elsewhere_removed AS removed, stages_elsewhere_alone AS alone, passing, candidates
FROM totals
UNION ALL
SELECT 'new' AS filter, NULL AS value, new_removed AS removed, new_alone AS alone, passing, candidates
FROM totals
UNION ALL
SELECT 'on_lists' AS filter, NULL AS value, on_lists_removed AS removed, on_lists_alone AS alone, passing, candidates
FROM totals
UNION ALL
SELECT 'off_lists' AS filter, NULL AS value, off_lists_removed AS removed, off_lists_alone AS alone, passing, candidates
FROM totals
UNION ALL
SELECT 'sources' AS filter, NULL AS value, sources_removed AS removed, sources_alone AS alone, passing, candidates
FROM totals
UNION ALL
SELECT 'text' AS filter, NULL AS value, text_removed AS removed, text_alone AS alone, passing, candidates
FROM totals;
