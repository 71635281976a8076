-- What may the one do who loads and trains? Make and fill tables, create models and drop them; nothing is taken out of
-- the app's own tables.
GRANT ROLE {recruiter} TO ROLE {admin};

GRANT USAGE, CREATE ON SCHEMA hiring, staging, features, training, ml, app TO ROLE {admin};

GRANT SELECT, INSERT, DELETE ON ALL TABLES IN SCHEMA hiring TO ROLE {admin};

GRANT SELECT, INSERT, DELETE ON ALL TABLES IN SCHEMA features TO ROLE {admin};

GRANT SELECT, INSERT, DELETE ON ALL TABLES IN SCHEMA training TO ROLE {admin};

GRANT CREATE MODEL TO ROLE {admin};

GRANT DROP MODEL TO ROLE {admin};
