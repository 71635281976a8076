-- Which postings does the recruiter mean? Every word typed must occur in the title, company, skills, place, area or id.
-- Without words: the newest postings. Those with the fewest mistakes first, of these the one with this id, then open ones
-- before closed ones, then whose title begins as typed, then whose title holds it.
WITH
-- include: matching/posting_states
,
searchable AS (
    SELECT posting_key AS found_key, part, body
    FROM features.posting_search
),

-- include: matching/searched_for
,
placed AS (
    SELECT
        h.found_key,
        MIN(
            CASE
                WHEN s.part = 'id' AND s.body = :text THEN 0
                WHEN s.part = 'title' AND POSITION(CAST(:text AS VARCHAR(65535)) IN s.body) = 1 THEN 1
                WHEN s.part = 'title' AND POSITION(CAST(:text AS VARCHAR(65535)) IN s.body) > 1 THEN 2
                ELSE 3
            END
        ) AS place
    FROM hits AS h
    INNER JOIN searchable AS s ON h.found_key = s.found_key
    WHERE :text <> '' AND s.part IN ('title', 'id')
    GROUP BY h.found_key
),

best AS (
    SELECT
        f.posting_id,
        f.opened_on,
        f.is_open,
        f.closed_since,
        ROW_NUMBER() OVER (
            ORDER BY
                h.mistakes,
                CASE WHEN p.place = 0 OR f.is_open THEN 0 ELSE 1 END,
                COALESCE(p.place, 3),
                COALESCE(f.opened_on, CAST('1900-01-01' AS DATE)) DESC,
                f.posting_id
        ) AS place
    FROM hits AS h
    LEFT JOIN placed AS p ON h.found_key = p.found_key
    INNER JOIN posting_states AS f ON h.found_key = f.posting_key
    WHERE f.is_open OR NOT :open_only
),

applicants AS (
    SELECT i.posting_id, COUNT(DISTINCT i.candidate_id) AS applicants
    FROM hiring.interactions AS i
    INNER JOIN best AS b ON i.posting_id = b.posting_id AND b.place <= :limit
    WHERE i.stage <> 'viewed'
    GROUP BY i.posting_id
)

SELECT
    p.posting_id,
    p.title,
    p.company,
    p.city,
    p.region,
    p.country,
    p.seniority,
    COALESCE(p.status, CASE WHEN b.is_open THEN 'open' ELSE 'closed' END) AS status,
    b.is_open,
    b.closed_since,
    b.opened_on AS opened_at,
    COALESCE(a.applicants, 0) AS applicants
FROM best AS b
INNER JOIN hiring.postings AS p ON b.posting_id = p.posting_id
LEFT JOIN applicants AS a ON b.posting_id = a.posting_id
WHERE b.place <= :limit
ORDER BY b.place;
