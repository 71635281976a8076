-- What did recruiters decide about whom, which lists had they been shown, and who did what worth remembering?
-- Append-only. A row of app.decisions whose decision is 'undone' takes back the one that it names in undoes; the rows
-- of one click share an event_id.
CREATE SCHEMA IF NOT EXISTS app;

CREATE TABLE IF NOT EXISTS app.lists_shown (
    view_id VARCHAR(32) NOT NULL,
    shown_at TIMESTAMP NOT NULL,
    username VARCHAR(256) NOT NULL,
    posting_id VARCHAR(64) NOT NULL,
    model_version INTEGER NOT NULL,
    data_version BIGINT NOT NULL,
    filters VARCHAR(4096) NOT NULL
)
DISTSTYLE ALL
SORTKEY (shown_at);

CREATE TABLE IF NOT EXISTS app.list_rows_shown (
    view_id VARCHAR(32) NOT NULL,
    rank SMALLINT NOT NULL,
    candidate_id VARCHAR(64) NOT NULL,
    score DOUBLE PRECISION NOT NULL
)
DISTSTYLE KEY
DISTKEY (candidate_id)
SORTKEY (view_id, rank);

CREATE TABLE IF NOT EXISTS app.decisions (
    event_id VARCHAR(32) NOT NULL,
    decided_at TIMESTAMP NOT NULL,
    username VARCHAR(256) NOT NULL,
    posting_id VARCHAR(64),
    candidate_id VARCHAR(64) NOT NULL,
    decision VARCHAR(32) NOT NULL,
    stage VARCHAR(32),
    reason VARCHAR(1024),
    shortlist_id VARCHAR(32),
    view_id VARCHAR(32),
    rank SMALLINT,
    model_version INTEGER,
    undoes VARCHAR(32)
)
DISTSTYLE KEY
DISTKEY (candidate_id)
SORTKEY (decided_at);

CREATE TABLE IF NOT EXISTS app.audit_log (
    event_id VARCHAR(32) NOT NULL,
    occurred_at TIMESTAMP NOT NULL,
    username VARCHAR(256) NOT NULL,
    action VARCHAR(64) NOT NULL,
    subject VARCHAR(256) NOT NULL,
    detail VARCHAR(4096) NOT NULL
)
DISTSTYLE ALL
SORTKEY (occurred_at);

CREATE SCHEMA IF NOT EXISTS features;

-- What trainings read of the decisions, apart from the company's own events: sql/features/build_decisions.sql.
CREATE TABLE IF NOT EXISTS features.decisions (
    posting_key INTEGER NOT NULL,
    candidate_key INTEGER NOT NULL,
    stage VARCHAR(32) NOT NULL,
    stage_order SMALLINT NOT NULL,
    target DOUBLE PRECISION NOT NULL,
    decided_at TIMESTAMP NOT NULL,
    taken_back_at TIMESTAMP
)
DISTSTYLE KEY
DISTKEY (candidate_key)
SORTKEY (decided_at);
