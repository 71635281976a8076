-- What is known of one posting?
SELECT
    p.*,
    f.is_open,
    f.opened_on
FROM hiring.postings AS p
INNER JOIN features.posting_facts AS f ON p.posting_id = f.posting_id
WHERE p.posting_id = :posting_id;
