-- Which demographics stay when those have gone whose keys are in another table: brought anew by a file, or by a load to undo?
DELETE FROM hiring.demographics
USING {incoming_demographics} AS incoming
WHERE
    demographics.candidate_id = incoming.candidate_id
    AND demographics.attribute = incoming.attribute;
