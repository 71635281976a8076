-- What does a page ask about whoever looks at it? One row for each thing of theirs, of these kinds:
--   blind      how blind review was last switched for them (id), or for everybody (no id); owner: by whom
--   list       a shortlist that they see and that is not archived: for a posting (owner), is_on: they may edit it,
--              amount: so many people are on it
--   search     a search that they can load, as last saved; owner: who saved it, is_on: whether it is shared
--   columns    what they last chose for an export of this kind (id)
--   visit      when they last looked in; what is less than half an hour ago belongs to this visit
--   revision   amount: grows with every change of shortlists, decisions and of whose details were opened
WITH
-- include: access/blind_review/viewer
,
-- include: desk/my_lists
,
people_on_lists AS (
    SELECT shortlist_id, COUNT(*) AS people
    FROM my_members
    GROUP BY shortlist_id
),

latest_searches AS (
    SELECT
        search_id,
        username,
        event,
        name,
        is_shared,
        filters,
        ROW_NUMBER() OVER (PARTITION BY search_id ORDER BY occurred_at DESC, event_id DESC) AS recency
    FROM app.search_events
),

latest_columns AS (
    SELECT
        kind,
        chosen_columns,
        ROW_NUMBER() OVER (PARTITION BY kind ORDER BY chosen_at DESC) AS recency
    FROM app.export_choices
    WHERE username = :username
),

things AS (
    SELECT
        'blind' AS kind,
        subject AS id,
        reason AS name,
        username AS owner,
        is_on,
        CAST(NULL AS VARCHAR(16384)) AS body,
        occurred_at,
        CAST(NULL AS BIGINT) AS amount
    FROM blind_switches
    WHERE recency = 1
    UNION ALL
    SELECT
        'list' AS kind,
        l.shortlist_id AS id,
        l.name,
        l.posting_id AS owner,
        l.may_edit AS is_on,
        NULL AS body,
        l.changed_at AS occurred_at,
        COALESCE(p.people, 0) AS amount
    FROM my_lists AS l
    LEFT JOIN people_on_lists AS p ON l.shortlist_id = p.shortlist_id
    WHERE NOT l.is_archived
    UNION ALL
    SELECT
        'search' AS kind,
        search_id AS id,
        name,
        username AS owner,
        is_shared AS is_on,
        filters AS body,
        NULL AS occurred_at,
        NULL AS amount
    FROM latest_searches
    WHERE recency = 1 AND event = 'saved' AND (username = :username OR is_shared)
    UNION ALL
    SELECT
        'columns' AS kind,
        kind AS id,
        NULL AS name,
        NULL AS owner,
        NULL AS is_on,
        chosen_columns AS body,
        NULL AS occurred_at,
        NULL AS amount
    FROM latest_columns
    WHERE recency = 1
    UNION ALL
    SELECT
        'visit' AS kind,
        NULL AS id,
        NULL AS name,
        NULL AS owner,
        NULL AS is_on,
        NULL AS body,
        MAX(visited_at) AS occurred_at,
        NULL AS amount
    FROM app.visits
    WHERE username = :username AND visited_at < DATEADD(MINUTE, -30, SYSDATE)
    UNION ALL
    SELECT
        'revision' AS kind,
        NULL AS id,
        NULL AS name,
        NULL AS owner,
        NULL AS is_on,
        NULL AS body,
        NULL AS occurred_at,
        (SELECT COUNT(*) FROM app.shortlist_events)
        + (SELECT COUNT(*) FROM app.decisions)
        + (SELECT COUNT(*) FROM app.details_opened) AS amount
)

SELECT
    kind,
    id,
    name,
    owner,
    is_on,
    body,
    occurred_at,
    amount
FROM things
ORDER BY kind, LOWER(name), owner, id;
