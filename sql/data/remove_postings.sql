-- Which postings stay when those have gone whose keys are in another table: brought anew by a file, or by a load to undo?
DELETE FROM hiring.postings
USING {incoming_postings} AS incoming
WHERE
    postings.posting_id = incoming.posting_id;
