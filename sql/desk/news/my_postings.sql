-- On which postings does a user work? CTEs, to be spliced in (include); end with my_postings (posting_id, seen_at,
-- data_version, model_version): those whose list they viewed or have a shortlist for, the eight with the latest sign of
-- it. seen_at is when the list was last shown to them, with the versions it was made of.
-- include: matching/posting_states
,
my_views AS (
    SELECT
        posting_id,
        shown_at,
        data_version,
        model_version,
        ROW_NUMBER() OVER (PARTITION BY posting_id ORDER BY shown_at DESC, view_id DESC) AS recency
    FROM app.lists_shown
    WHERE username = :username
),

my_signs AS (
    SELECT posting_id, shown_at AS occurred_at
    FROM my_views
    WHERE recency = 1
    UNION ALL
    SELECT posting_id, MAX(occurred_at) AS occurred_at
    FROM app.shortlist_events
    WHERE event = 'created' AND username = :username AND posting_id IS NOT NULL
    GROUP BY posting_id
),

ranked_signs AS (
    SELECT
        s.posting_id,
        ROW_NUMBER() OVER (ORDER BY MAX(s.occurred_at) DESC, s.posting_id) AS recency
    FROM my_signs AS s
    INNER JOIN posting_states AS f ON s.posting_id = f.posting_id
    WHERE f.is_open
    GROUP BY s.posting_id
),

my_postings AS (
    SELECT s.posting_id, s.recency, v.shown_at AS seen_at, v.data_version, v.model_version
    FROM ranked_signs AS s
    LEFT JOIN my_views AS v ON s.posting_id = v.posting_id AND v.recency = 1
    WHERE s.recency <= 8
)
