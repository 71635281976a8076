-- Which demographics stay when those that a file brings anew have gone?
DELETE FROM hiring.demographics
USING staging.demographics AS incoming
WHERE
    demographics.candidate_id = incoming.candidate_id
    AND demographics.attribute = incoming.attribute;
