-- Which model version is live, and which one serves a share of the postings beside it?
WITH
-- include: models/serving

SELECT live_version, deployed_at, deployed_by, reason, challenger_version, share, set_at
FROM serving;
