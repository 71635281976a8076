-- How many candidates does each filter that is on leave out, and how many of those would pass without it? One row for
-- each filter; each skill that is a must or excluded counts by itself. value is NULL but for skills.
WITH targets AS (
    SELECT posting_key
    FROM features.posting_facts
    WHERE posting_id = :posting_id
),

-- include each: counted
,
failed_candidates AS (
    SELECT candidate_key, SUM(failed) AS failed
    FROM filter_checks
    GROUP BY candidate_key
),

totals AS (
    SELECT COUNT(*) AS candidates, SUM(CASE WHEN failed = 0 THEN 1 ELSE 0 END) AS passing
    FROM failed_candidates
)

SELECT
    k.filter,
    k.value,
    SUM(k.failed) AS removed,
    SUM(CASE WHEN f.failed = 1 THEN k.failed ELSE 0 END) AS alone,
    MAX(t.passing) AS passing,
    MAX(t.candidates) AS candidates
FROM filter_checks AS k
INNER JOIN failed_candidates AS f ON k.candidate_key = f.candidate_key
CROSS JOIN totals AS t
GROUP BY k.filter, k.value;
