-- Which postings of staging.wanted_postings does the warehouse not know?
SELECT w.posting_id
FROM staging.wanted_postings AS w
LEFT JOIN features.posting_facts AS p ON w.posting_id = p.posting_id
WHERE p.posting_key IS NULL
ORDER BY w.posting_id;
