-- What did recruiters decide about people for this posting, and still counts? A CTE, to be spliced in (include) after
-- my_lists: decided_here. Decisions made on lists that the viewer does not see are left out. Of somebody's decisions
-- of one facet (their stage, that they were contacted, that they are not for the posting) the one of recency 1 is the
-- latest.
decided_here AS (
    SELECT
        d.candidate_id,
        d.event_id,
        d.decided_at,
        d.username,
        d.decision,
        d.stage,
        d.reason,
        d.shortlist_id,
        l.name AS list_name,
        ROW_NUMBER() OVER (
            PARTITION BY
                d.candidate_id,
                CASE WHEN d.decision IN ('stage', 'rejected') THEN 'stage' ELSE d.decision END
            ORDER BY d.decided_at DESC, d.event_id DESC
        ) AS recency
    FROM app.decisions AS d
    LEFT JOIN app.decisions AS undo ON undo.decision = 'undone' AND d.event_id = undo.undoes
    LEFT JOIN my_lists AS l ON d.shortlist_id = l.shortlist_id
    WHERE
        d.posting_id = :posting_id
        AND d.decision IN ('shortlisted', 'removed', 'stage', 'rejected', 'contacted', 'not_for_posting')
        AND undo.undoes IS NULL
        AND (d.shortlist_id IS NULL OR l.shortlist_id IS NOT NULL)
)
