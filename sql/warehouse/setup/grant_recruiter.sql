-- What may the app do for recruiters? Read, append to the app's own tables, and no more. What people declared about
-- themselves (hiring.demographics) is not among it.
GRANT USAGE ON SCHEMA hiring, features, ml, app TO ROLE {recruiter};

GRANT SELECT ON hiring.postings, hiring.candidates, hiring.interactions, hiring.stages, hiring.posting_statuses
TO ROLE {recruiter};

GRANT SELECT ON ALL TABLES IN SCHEMA features TO ROLE {recruiter};

GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA app TO ROLE {recruiter};
