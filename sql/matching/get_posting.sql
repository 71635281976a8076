-- What is known of one posting?
WITH
-- include: matching/posting_states

SELECT
    p.*,
    f.is_open,
    f.closed_since,
    f.opened_on
FROM hiring.postings AS p
INNER JOIN posting_states AS f ON p.posting_id = f.posting_id
WHERE p.posting_id = :posting_id;
