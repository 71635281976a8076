-- What became of the candidates that recruiters were shown, by the version that ranked them and by their best rank?
-- Counted once per version, posting and candidate, from the first time on. An end that came is an end; who was taken up
-- and has none yet is in process; who was not taken up waits while the posting is open, for up to 60 days.
WITH
-- include: matching/posting_states
,
shown AS (
    SELECT
        l.model_version,
        l.posting_id,
        r.candidate_id,
        MIN(l.shown_at) AS shown_at,
        MIN(r.rank) AS best_rank
    FROM app.lists_shown AS l
    INNER JOIN app.list_rows_shown AS r ON l.view_id = r.view_id
    GROUP BY l.model_version, l.posting_id, r.candidate_id
),

standing_decisions AS (
    SELECT d.posting_id, d.candidate_id, d.decision, LOWER(d.stage) AS stage, d.decided_at
    FROM app.decisions AS d
    LEFT JOIN app.decisions AS u ON d.event_id = u.undoes AND u.decision = 'undone'
    WHERE u.event_id IS NULL AND d.decision <> 'undone'
),

events AS (
    SELECT posting_id, candidate_id, COALESCE(CASE WHEN decision = 'stage' THEN stage END, decision) AS event, decided_at AS at
    FROM standing_decisions
    UNION ALL
    SELECT posting_id, candidate_id, stage AS event, occurred_at AS at
    FROM hiring.interactions
),

pairs AS (
    SELECT
        s.model_version,
        s.posting_id,
        s.candidate_id,
        s.shown_at,
        s.best_rank,
        MAX(CASE WHEN e.event IN ('shortlisted', 'contacted') THEN 1 ELSE 0 END) AS shortlisted,
        MAX(CASE WHEN e.event IN ('applied', 'interviewed', 'offered') THEN 1 ELSE 0 END) AS in_talks,
        MAX(CASE WHEN e.event = 'hired' THEN 1 ELSE 0 END) AS hired,
        MAX(CASE WHEN e.event IN ('rejected', 'withdrawn', 'not_for_posting') THEN 1 ELSE 0 END) AS ended
    FROM shown AS s
    LEFT JOIN events AS e
        ON s.posting_id = e.posting_id AND s.candidate_id = e.candidate_id AND e.at >= s.shown_at
    GROUP BY s.model_version, s.posting_id, s.candidate_id, s.shown_at, s.best_rank
),

states AS (
    SELECT
        p.model_version,
        CASE WHEN p.best_rank <= 5 THEN 1 WHEN p.best_rank <= 10 THEN 2 WHEN p.best_rank <= 20 THEN 3 ELSE 4 END AS band,
        p.posting_id,
        p.shortlisted,
        CASE
            WHEN p.hired = 1 THEN 'hired'
            WHEN p.ended = 1 THEN 'ended'
            WHEN p.shortlisted = 1 OR p.in_talks = 1 THEN 'in process'
            WHEN COALESCE(o.is_open, TRUE) AND DATEDIFF(day, p.shown_at, GETDATE()) < 60 THEN 'waiting'
            ELSE 'passed over'
        END AS state
    FROM pairs AS p
    LEFT JOIN posting_states AS o ON p.posting_id = o.posting_id
)

SELECT
    model_version,
    band,
    state,
    COUNT(*) AS candidates,
    SUM(shortlisted) AS shortlisted,
    COUNT(DISTINCT posting_id) AS postings
FROM states
GROUP BY model_version, band, state
ORDER BY model_version, band, state;
