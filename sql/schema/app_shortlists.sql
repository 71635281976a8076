-- What happened to each shortlist, and what does each user want in an export? Append-only: what a list is now follows
-- from its events, the latest of each kind counting (sql/desk/shortlists/). One click is one event_id, with a row for every
-- candidate that it was about.
--   event                          value                        detail
--   created, renamed               the name
--   shared                         a user                       read, edit or none
--   archived, restored
--   stages                         the list's stages, ";" between them
--   added, removed                                              where they came from
--   moved                          (position)
--   stage                          a stage                      the reason, for Rejected always
--   note                           a text
--   tagged, untagged               a tag
--   undone                         (undoes)
CREATE SCHEMA IF NOT EXISTS app;

CREATE TABLE IF NOT EXISTS app.shortlist_events (
    shortlist_id VARCHAR(32) NOT NULL,
    event_id VARCHAR(32) NOT NULL,
    occurred_at TIMESTAMP NOT NULL,
    username VARCHAR(256) NOT NULL,
    event VARCHAR(16) NOT NULL,
    candidate_id VARCHAR(64),
    posting_id VARCHAR(64),
    value VARCHAR(4096),
    detail VARCHAR(1024),
    position DOUBLE PRECISION,
    undoes VARCHAR(32)
)
DISTSTYLE KEY
DISTKEY (shortlist_id)
SORTKEY (shortlist_id, occurred_at);

-- Which columns did somebody last choose for an export? The latest row of a user and kind counts.
CREATE TABLE IF NOT EXISTS app.export_choices (
    username VARCHAR(256) NOT NULL,
    chosen_at TIMESTAMP NOT NULL,
    kind VARCHAR(32) NOT NULL,
    chosen_columns VARCHAR(4096) NOT NULL
)
DISTSTYLE ALL
SORTKEY (username, chosen_at);
