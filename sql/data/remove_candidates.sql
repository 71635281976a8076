-- Which candidates stay when those have gone whose keys are in another table: brought anew by a file, or by a load to undo?
DELETE FROM hiring.candidates
USING {incoming_candidates} AS incoming
WHERE
    candidates.candidate_id = incoming.candidate_id;
