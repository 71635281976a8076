-- What was with these candidates before? One row for each posting that they were put forward for, with the last stage
-- (kind posting: subject is the title, owner the company, body the stage), and for each note about them on the lists
-- that a user sees (kind note: subject is the list, owner who wrote it), masked in a blind review. Oldest first.
WITH
-- include: matching/listed
,
-- include: desk/my_lists
,
noted AS (
    SELECT
        n.candidate_id,
        n.username,
        n.occurred_at,
        n.note,
        l.name AS list_name,
        CAST(ROW_NUMBER() OVER (ORDER BY n.occurred_at, n.shortlist_id, n.note) AS VARCHAR(20)) AS kind
    FROM my_notes AS n
    INNER JOIN my_lists AS l ON n.shortlist_id = l.shortlist_id
    INNER JOIN listed AS li ON n.candidate_id = li.candidate_id
),

texts_to_mask AS (
    SELECT candidate_id, kind, note AS body
    FROM noted
    WHERE :blind
),

-- include: access/blind_review/masked_texts
,
all_rows AS (
    SELECT
        'posting' AS kind,
        l.candidate_id,
        p.title AS subject,
        p.company AS owner,
        r.stage AS body,
        r.occurred_at,
        p.posting_id AS tie
    FROM listed AS l
    INNER JOIN features.candidate_facts AS c ON l.candidate_id = c.candidate_id
    INNER JOIN features.stages_reached AS r ON c.candidate_key = r.candidate_key
    INNER JOIN features.posting_facts AS f ON r.posting_key = f.posting_key
    INNER JOIN hiring.postings AS p ON f.posting_id = p.posting_id
    UNION ALL
    SELECT
        'note' AS kind,
        n.candidate_id,
        n.list_name AS subject,
        n.username AS owner,
        CASE WHEN :blind THEN m.body ELSE n.note END AS body,
        n.occurred_at,
        n.kind AS tie
    FROM noted AS n
    LEFT JOIN masked_texts AS m ON n.kind = m.kind
)

SELECT kind, candidate_id, subject, owner, body, occurred_at
FROM all_rows
ORDER BY occurred_at, tie;
