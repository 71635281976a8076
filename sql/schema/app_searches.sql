-- Which searches did recruiters save, whose details did they open, and when did they last look in? Append-only: a
-- search is what its latest event says.
CREATE SCHEMA IF NOT EXISTS app;

CREATE TABLE IF NOT EXISTS app.search_events (
    search_id VARCHAR(32) NOT NULL,
    event_id VARCHAR(32) NOT NULL,
    occurred_at TIMESTAMP NOT NULL,
    username VARCHAR(256) NOT NULL,
    event VARCHAR(16) NOT NULL,
    name VARCHAR(256) NOT NULL,
    is_shared BOOLEAN NOT NULL,
    filters VARCHAR(16384) NOT NULL
)
DISTSTYLE ALL
SORTKEY (search_id, occurred_at);

CREATE TABLE IF NOT EXISTS app.details_opened (
    opened_at TIMESTAMP NOT NULL,
    username VARCHAR(256) NOT NULL,
    posting_id VARCHAR(64) NOT NULL,
    candidate_id VARCHAR(64) NOT NULL
)
DISTSTYLE KEY
DISTKEY (candidate_id)
SORTKEY (username, opened_at);

CREATE TABLE IF NOT EXISTS app.visits (
    visited_at TIMESTAMP NOT NULL,
    username VARCHAR(256) NOT NULL
)
DISTSTYLE ALL
SORTKEY (username, visited_at);
