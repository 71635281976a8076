-- Which postings stay when those that a file brings anew have gone?
DELETE FROM hiring.postings
USING staging.postings AS incoming
WHERE
    postings.posting_id = incoming.posting_id;
