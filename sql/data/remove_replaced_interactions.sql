-- Which interactions stay when those that a file brings anew have gone?
DELETE FROM hiring.interactions
USING staging.interactions AS incoming
WHERE
    interactions.posting_id = incoming.posting_id
    AND interactions.candidate_id = incoming.candidate_id
    AND interactions.stage = incoming.stage
    AND interactions.occurred_at = incoming.occurred_at;
