-- Where do models live? In a schema of their own, because a GRANT on all functions of a schema fails if one is a model's.
CREATE SCHEMA IF NOT EXISTS ml;
