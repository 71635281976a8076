-- What does a page ask about whoever looks at it? One row for each thing of theirs; kind says which columns it fills:
--   blind      how blind review was last switched, for them or (without a blind_subject) for everybody
--   list       a shortlist that they see and that is not archived
--   search     a search that they can load, as last saved
--   columns    what they last chose for an export of this kind
--   visit      when they last looked in; what is less than half an hour ago belongs to this visit
--   revision   grows with every change of shortlists, decisions and of whose details were opened
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

-- include: desk/searches_to_load
,

latest_columns AS (
    SELECT
        kind,
        chosen_columns,
        ROW_NUMBER() OVER (PARTITION BY kind ORDER BY chosen_at DESC) AS recency
    FROM app.export_choices
    WHERE username = :username
),

last_visit AS (
    SELECT MAX(visited_at) AS visited_at
    FROM app.visits
    WHERE username = :username AND visited_at < DATEADD(MINUTE, -30, SYSDATE)
),

changes AS (
    SELECT
        (SELECT COUNT(*) FROM app.shortlist_events)
        + (SELECT COUNT(*) FROM app.decisions)
        + (SELECT COUNT(*) FROM app.details_opened) AS revision
),

things AS (
    SELECT CAST('blind' AS VARCHAR(16)) AS kind, COALESCE(subject, '') AS id
    FROM blind_switches
    WHERE recency = 1
    UNION ALL
    SELECT CAST('list' AS VARCHAR(16)) AS kind, shortlist_id AS id
    FROM my_lists
    WHERE NOT is_archived
    UNION ALL
    SELECT CAST('search' AS VARCHAR(16)) AS kind, search_id AS id
    FROM searches_to_load
    UNION ALL
    SELECT CAST('columns' AS VARCHAR(16)) AS kind, kind AS id
    FROM latest_columns
    WHERE recency = 1
    UNION ALL
    SELECT CAST('visit' AS VARCHAR(16)) AS kind, '' AS id
    UNION ALL
    SELECT CAST('revision' AS VARCHAR(16)) AS kind, '' AS id
)

SELECT
    t.kind,
    b.subject AS blind_subject,
    b.is_on AS is_blind,
    b.username AS switched_by,
    b.reason AS switched_why,
    b.occurred_at AS switched_at,
    l.shortlist_id,
    l.name AS list_name,
    l.posting_id,
    l.may_edit,
    l.changed_at,
    COALESCE(p.people, 0) AS people,
    s.search_id,
    s.name AS search_name,
    s.username AS saved_by,
    s.is_shared,
    s.filters,
    c.kind AS export_kind,
    c.chosen_columns,
    v.visited_at,
    r.revision
FROM things AS t
LEFT JOIN blind_switches AS b ON t.kind = 'blind' AND t.id = COALESCE(b.subject, '') AND b.recency = 1
LEFT JOIN my_lists AS l ON t.kind = 'list' AND t.id = l.shortlist_id
LEFT JOIN people_on_lists AS p ON l.shortlist_id = p.shortlist_id
LEFT JOIN searches_to_load AS s ON t.kind = 'search' AND t.id = s.search_id
LEFT JOIN latest_columns AS c ON t.kind = 'columns' AND t.id = c.kind AND c.recency = 1
LEFT JOIN last_visit AS v ON t.kind = 'visit'
LEFT JOIN changes AS r ON t.kind = 'revision'
ORDER BY t.kind, LOWER(l.name), l.posting_id, LOWER(s.name), s.username, t.id;
