-- Which model versions are there, what became of each, how good was it, and which one served when? Append-only: the
-- current state of a version is its latest event, the live version is the latest deployment.
CREATE SCHEMA IF NOT EXISTS app;

-- Of their own for models: a GRANT on all functions of a schema fails if one of them is a model's.
CREATE SCHEMA IF NOT EXISTS ml;

-- Somebody asked for a training, with these choices (JSON).
CREATE TABLE IF NOT EXISTS app.training_requests (
    version INTEGER NOT NULL,
    choices VARCHAR(65535) NOT NULL,
    note VARCHAR(4096) NOT NULL,
    requested_by VARCHAR(256) NOT NULL,
    requested_at TIMESTAMP NOT NULL
)
DISTSTYLE ALL
SORTKEY (version);

-- Its examples were gathered: what the version learns from and is judged on.
CREATE TABLE IF NOT EXISTS app.model_versions (
    version INTEGER NOT NULL,
    model_name VARCHAR(127) NOT NULL,
    score_function VARCHAR(127) NOT NULL,
    features VARCHAR(65535) NOT NULL,
    data_version BIGINT NOT NULL,
    examples BIGINT NOT NULL,
    positives BIGINT NOT NULL,
    holdout_examples BIGINT NOT NULL,
    holdout_positives BIGINT NOT NULL,
    history_from TIMESTAMP NOT NULL,
    holdout_from TIMESTAMP NOT NULL,
    holdout_to TIMESTAMP NOT NULL,
    requested_by VARCHAR(256) NOT NULL,
    requested_at TIMESTAMP NOT NULL
)
DISTSTYLE ALL
SORTKEY (version);

-- It came to a new state: requested, training, ready, evaluated, promoted, held back, failed, dropped.
CREATE TABLE IF NOT EXISTS app.model_events (
    version INTEGER NOT NULL,
    state VARCHAR(16) NOT NULL,
    detail VARCHAR(4096),
    occurred_at TIMESTAMP NOT NULL
)
DISTSTYLE ALL
SORTKEY (version, occurred_at);

-- Somebody is at work on the next step of a version (event: claimed, renewed, released), so that nobody else begins it,
-- and this is how far they are. Version 0: on asking for a new one.
CREATE TABLE IF NOT EXISTS app.model_claims (
    version INTEGER NOT NULL,
    claim_id VARCHAR(32) NOT NULL,
    event VARCHAR(16) NOT NULL,
    claimed_by VARCHAR(256) NOT NULL,
    progress VARCHAR(256) NOT NULL,
    occurred_at TIMESTAMP NOT NULL
)
DISTSTYLE ALL
SORTKEY (version, occurred_at);

-- What the version, the one that was live then, and plain ways of sorting say of each pair held out.
CREATE TABLE IF NOT EXISTS app.holdout_scores (
    judged_for INTEGER NOT NULL,
    scorer VARCHAR(32) NOT NULL,
    posting_id VARCHAR(64) NOT NULL,
    candidate_id VARCHAR(64) NOT NULL,
    label DOUBLE PRECISION NOT NULL,
    score DOUBLE PRECISION
)
DISTSTYLE KEY
DISTKEY (candidate_id)
SORTKEY (judged_for, scorer, posting_id);

-- How good each of them is, with what chance alone may do (low, high), and how far above the one that was live.
CREATE TABLE IF NOT EXISTS app.model_metrics (
    judged_for INTEGER NOT NULL,
    scorer VARCHAR(32) NOT NULL,
    metric VARCHAR(32) NOT NULL,
    value DOUBLE PRECISION,
    low DOUBLE PRECISION,
    high DOUBLE PRECISION,
    difference DOUBLE PRECISION,
    difference_low DOUBLE PRECISION,
    difference_high DOUBLE PRECISION,
    postings BIGINT NOT NULL,
    measured_at TIMESTAMP NOT NULL
)
DISTSTYLE ALL
SORTKEY (judged_for, scorer);

CREATE TABLE IF NOT EXISTS app.deployments (
    version INTEGER NOT NULL,
    deployed_by VARCHAR(256) NOT NULL,
    reason VARCHAR(4096) NOT NULL,
    deployed_at TIMESTAMP NOT NULL
)
DISTSTYLE ALL
SORTKEY (deployed_at);

-- A version serves a share (0 to 1) of the postings beside the live one, until the next deployment or a share of 0.
CREATE TABLE IF NOT EXISTS app.model_shares (
    version INTEGER NOT NULL,
    share DOUBLE PRECISION NOT NULL,
    set_by VARCHAR(256) NOT NULL,
    reason VARCHAR(4096) NOT NULL,
    set_at TIMESTAMP NOT NULL
)
DISTSTYLE ALL
SORTKEY (set_at);
