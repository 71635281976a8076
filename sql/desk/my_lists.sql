-- Which shortlists does a user see, who is on them, and what was noted? CTEs, to be spliced in (include); end with
-- my_lists (shortlist_id, name, posting_id, is_archived, may_edit, changed_at), my_members (shortlist_id, candidate_id)
-- and my_notes (shortlist_id, candidate_id, username, occurred_at, note). A user sees own lists and those shared with
-- them; the latest event of each kind that nobody took back decides.
list_events AS (
    SELECT
        e.shortlist_id,
        e.event_id,
        e.occurred_at,
        e.username,
        e.event,
        e.candidate_id,
        e.posting_id,
        e.value,
        e.detail,
        CASE
            WHEN e.event IN ('created', 'renamed') THEN 'name'
            WHEN e.event IN ('archived', 'restored') THEN 'archived'
            WHEN e.event = 'shared' THEN 'shared with ' || e.value
            WHEN e.event IN ('added', 'removed') THEN 'person ' || e.candidate_id
            ELSE e.event || ' ' || e.event_id
        END AS facet
    FROM app.shortlist_events AS e
    LEFT JOIN app.shortlist_events AS undo
        ON undo.event = 'undone' AND e.shortlist_id = undo.shortlist_id AND e.event_id = undo.undoes
    WHERE
        undo.undoes IS NULL
        AND e.event IN ('created', 'renamed', 'archived', 'restored', 'shared', 'added', 'removed', 'note')
),

latest_list_events AS (
    SELECT
        list_events.*,
        ROW_NUMBER() OVER (PARTITION BY shortlist_id, facet ORDER BY occurred_at DESC, event_id DESC) AS recency
    FROM list_events
),

my_lists AS (
    SELECT
        shortlist_id,
        MAX(CASE WHEN facet = 'name' AND recency = 1 THEN value END) AS name,
        MAX(CASE WHEN event = 'created' THEN posting_id END) AS posting_id,
        MAX(CASE WHEN event = 'archived' AND recency = 1 THEN 1 ELSE 0 END) = 1 AS is_archived,
        MAX(
            CASE
                WHEN event = 'created' AND username = :username THEN 1
                WHEN event = 'shared' AND value = :username AND detail = 'edit' AND recency = 1 THEN 1
                ELSE 0
            END
        ) = 1 AS may_edit,
        MAX(occurred_at) AS changed_at
    FROM latest_list_events
    GROUP BY shortlist_id
    HAVING
        MAX(
            CASE
                WHEN event = 'created' AND username = :username THEN 1
                WHEN event = 'shared' AND value = :username AND detail IN ('read', 'edit') AND recency = 1 THEN 1
                ELSE 0
            END
        ) = 1
),

my_members AS (
    SELECT e.shortlist_id, e.candidate_id
    FROM latest_list_events AS e
    INNER JOIN my_lists AS l ON e.shortlist_id = l.shortlist_id
    WHERE e.event = 'added' AND e.recency = 1
),

my_notes AS (
    SELECT e.shortlist_id, e.candidate_id, e.username, e.occurred_at, e.value AS note
    FROM list_events AS e
    INNER JOIN my_lists AS l ON e.shortlist_id = l.shortlist_id
    WHERE e.event = 'note' AND e.candidate_id IS NOT NULL
)
