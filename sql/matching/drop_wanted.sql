-- Removes what a nightly run brought to the warehouse, once it has its answers.
DROP TABLE IF EXISTS staging.wanted_postings;

DROP TABLE IF EXISTS staging.wanted_pairs;
