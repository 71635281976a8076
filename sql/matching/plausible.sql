-- How plausible is each candidate for the posting, at first sight? The first stage of ranking: what is known of everybody
-- without scoring them, roughly weighed. CTEs to be spliced in (include) after eligible and posting_similarity.sql; end
-- with plausible (posting_key, candidate_key, relevance, and what pair_signs has of them). bench/ measures how many of the
-- best are among the first.
-- include: features/shared_by_everybody
,
-- Who was put forward for postings that are like the one to fill, or that share people with such? The same sum as in the
-- feature total_affinity.
history_hits AS (
    SELECT
        l.posting_key,
        p.candidate_key,
        SUM(l.affinity * l.affinity * l.affinity * l.affinity * p.weight_two_years) AS affinities
    FROM likeness AS l
    INNER JOIN features.posting_people AS p ON l.past_posting_key = p.posting_key
    GROUP BY l.posting_key, p.candidate_key
),

plausible AS (
    SELECT
        t.posting_key,
        e.candidate_key,
        CASE WHEN w.own_similarity > 0 THEN w.own_similarity END AS own_similarity,
        CASE WHEN w.own_similarity > 0 THEN w.own_title_similarity END AS own_title_similarity,
        r.skills_met,
        r.skills_practised,
        r.languages_met,
        COALESCE(2 * w.own_similarity + w.own_title_similarity + w.history_similarity, 0)
        + COALESCE(SQRT(SQRT(h.affinities)), 0)
        + COALESCE(2 * r.skills_met / CAST(NULLIF(a.skills_required, 0) AS DOUBLE PRECISION), 0)
        + CASE WHEN a.seniority_key = e.seniority_key THEN 0.8 ELSE 0 END
        + CASE WHEN a.city_key = e.city_key THEN 0.4 ELSE 0 END
        + CASE WHEN a.region_key = e.region_key THEN 0.4 ELSE 0 END
        + CASE WHEN a.country_key = e.country_key THEN 0.4 ELSE 0 END AS relevance
    FROM eligible AS e
    CROSS JOIN targets AS t
    INNER JOIN features.posting_facts AS a ON t.posting_key = a.posting_key
    LEFT JOIN word_hits AS w ON t.posting_key = w.posting_key AND e.candidate_key = w.candidate_key
    LEFT JOIN history_hits AS h ON t.posting_key = h.posting_key AND e.candidate_key = h.candidate_key
    LEFT JOIN requirements_met AS r ON t.posting_key = r.posting_key AND e.candidate_key = r.candidate_key
)
