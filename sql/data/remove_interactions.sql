-- Which interactions stay when those have gone whose keys are in another table: brought anew by a file, or by a load to undo?
DELETE FROM hiring.interactions
USING {incoming_interactions} AS incoming
WHERE
    interactions.posting_id = incoming.posting_id
    AND interactions.candidate_id = incoming.candidate_id
    AND interactions.stage = incoming.stage
    AND interactions.occurred_at = incoming.occurred_at;
