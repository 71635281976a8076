-- Which candidates stay when those that a file brings anew have gone?
DELETE FROM hiring.candidates
USING staging.candidates AS incoming
WHERE
    candidates.candidate_id = incoming.candidate_id;
