-- Where is kept what a load replaces and adds, until the next load? Rows as they were, and the keys of those written.
DROP TABLE IF EXISTS staging.undo_load;

CREATE TABLE staging.undo_load (data_version BIGINT NOT NULL);

DROP TABLE IF EXISTS staging.undo_postings;

CREATE TABLE staging.undo_postings (LIKE hiring.postings);

DROP TABLE IF EXISTS staging.undo_candidates;

CREATE TABLE staging.undo_candidates (LIKE hiring.candidates);

DROP TABLE IF EXISTS staging.undo_interactions;

CREATE TABLE staging.undo_interactions (LIKE hiring.interactions);

DROP TABLE IF EXISTS staging.undo_demographics;

CREATE TABLE staging.undo_demographics (LIKE hiring.demographics);

DROP TABLE IF EXISTS staging.written_postings;

CREATE TABLE staging.written_postings (posting_id VARCHAR(64) NOT NULL);

DROP TABLE IF EXISTS staging.written_candidates;

CREATE TABLE staging.written_candidates (candidate_id VARCHAR(64) NOT NULL);

DROP TABLE IF EXISTS staging.written_interactions;

CREATE TABLE staging.written_interactions (
    posting_id VARCHAR(64) NOT NULL,
    candidate_id VARCHAR(64) NOT NULL,
    stage VARCHAR(32) NOT NULL,
    occurred_at TIMESTAMP NOT NULL
);

DROP TABLE IF EXISTS staging.written_demographics;

CREATE TABLE staging.written_demographics (
    candidate_id VARCHAR(64) NOT NULL,
    attribute VARCHAR(256) NOT NULL
);
