-- What does the recruiter see of the candidates on the list? Names are read here, for the rows shown, never before.
WITH
-- include: match/shown_candidates

SELECT d.*, c.name, c.headline
FROM shown_details AS d
INNER JOIN hiring.candidates AS c ON d.candidate_id = c.candidate_id;
