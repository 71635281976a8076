-- Which postings does the recruiter mean? Every word typed must occur in the title, company, skills, place, area or id;
-- the words come as ';a;b;'. Without words: the newest postings. Titles that begin as typed come
-- first, then those that hold it.
WITH searchable AS (
    SELECT
        p.posting_id AS found_id,
        p.title || ' ' || COALESCE(p.company, '') || ' ' || COALESCE(p.skills, '') || ' ' || COALESCE(p.area, '')
        || ' ' || COALESCE(p.city, '') || ' ' || COALESCE(p.region, '') || ' ' || COALESCE(p.country, '')
        || ' ' || p.posting_id AS body
    FROM hiring.postings AS p
),

-- include: matching/searched_for
,
best AS (
    SELECT
        h.found_id AS posting_id,
        ROW_NUMBER() OVER (
            ORDER BY
                CASE
                    WHEN POSITION(LOWER(CAST(:text AS VARCHAR(1024))) IN LOWER(p.title)) = 1 OR p.posting_id = :text THEN 0
                    WHEN POSITION(LOWER(CAST(:text AS VARCHAR(1024))) IN LOWER(p.title)) > 1 THEN 1
                    ELSE 2
                END,
                CASE WHEN f.is_open THEN 0 ELSE 1 END,
                COALESCE(f.opened_on, CAST('1900-01-01' AS DATE)) DESC,
                h.found_id
        ) AS place
    FROM hits AS h
    INNER JOIN hiring.postings AS p ON h.found_id = p.posting_id
    INNER JOIN features.posting_facts AS f ON h.found_id = f.posting_id
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
    COALESCE(p.status, CASE WHEN f.is_open THEN 'open' ELSE 'closed' END) AS status,
    f.opened_on AS opened_at,
    COALESCE(a.applicants, 0) AS applicants
FROM best AS b
INNER JOIN hiring.postings AS p ON b.posting_id = p.posting_id
INNER JOIN features.posting_facts AS f ON b.posting_id = f.posting_id
LEFT JOIN applicants AS a ON b.posting_id = a.posting_id
WHERE b.place <= :limit
ORDER BY b.place;
