-- What did recruiters do with the lists of two versions that serve at the same time? One row per posting that somebody
-- opened: which version listed it, how many of its first ten were shortlisted, how long the first shortlisting took.
WITH lists AS (
    SELECT posting_id, model_version, MIN(shown_at) AS first_shown_at
    FROM app.lists_shown
    WHERE shown_at >= :since AND model_version IN (:live, :challenger)
    GROUP BY posting_id, model_version
),

undone AS (
    SELECT DISTINCT undoes
    FROM app.decisions
    WHERE decision = 'undone' AND undoes IS NOT NULL
),

shortlisted AS (
    SELECT d.posting_id, d.model_version, d.candidate_id, MIN(d.decided_at) AS decided_at, MIN(d.rank) AS best_rank
    FROM app.decisions AS d
    LEFT JOIN undone AS u ON d.event_id = u.undoes
    WHERE d.decision = 'shortlisted' AND d.decided_at >= :since AND u.undoes IS NULL
    GROUP BY d.posting_id, d.model_version, d.candidate_id
)

SELECT
    l.posting_id,
    l.model_version,
    COUNT(CASE WHEN s.best_rank <= 10 THEN s.candidate_id END) AS shortlisted_of_top_10,
    DATEDIFF(SECOND, MIN(l.first_shown_at), MIN(s.decided_at)) / 3600.0 AS hours_to_first
FROM lists AS l
LEFT JOIN shortlisted AS s
    ON l.posting_id = s.posting_id AND l.model_version = s.model_version AND l.first_shown_at <= s.decided_at
GROUP BY l.posting_id, l.model_version
ORDER BY l.model_version, l.posting_id;
