-- Where do the rows to score go?
CREATE SCHEMA IF NOT EXISTS staging
