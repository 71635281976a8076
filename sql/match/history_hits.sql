-- Who was put forward for postings that are like the one to fill, or that share people with such? The same sum as in
-- the feature total_affinity. A CTE to be spliced in (include) after shared_by_everybody.sql, for one posting and for many.
history_hits AS (
    SELECT
        l.posting_key,
        p.candidate_key,
        SUM(l.affinity * l.affinity * l.affinity * l.affinity * p.weight_two_years) AS affinities
    FROM likeness AS l
    INNER JOIN features.posting_people AS p ON l.past_posting_key = p.posting_key
    GROUP BY l.posting_key, p.candidate_key
)
