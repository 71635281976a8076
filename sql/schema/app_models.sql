-- Which model versions are there, what became of each, how good was it, and which one served when? Append-only: the
-- current state of a version is its latest event, the live version is the latest deployment.
CREATE SCHEMA IF NOT EXISTS app;

CREATE SCHEMA IF NOT EXISTS ml;

CREATE TABLE IF NOT EXISTS app.model_versions (
    version INTEGER NOT NULL,
    model_name VARCHAR(127) NOT NULL,
    score_function VARCHAR(127) NOT NULL,
    features VARCHAR(65535) NOT NULL,
    data_version BIGINT NOT NULL,
    examples BIGINT NOT NULL,
    positives BIGINT NOT NULL,
    holdout_from TIMESTAMP NOT NULL,
    holdout_to TIMESTAMP NOT NULL,
    requested_by VARCHAR(256) NOT NULL,
    requested_at TIMESTAMP NOT NULL
)
DISTSTYLE ALL
SORTKEY (version);

CREATE TABLE IF NOT EXISTS app.model_events (
    version INTEGER NOT NULL,
    state VARCHAR(16) NOT NULL,
    detail VARCHAR(4096),
    occurred_at TIMESTAMP NOT NULL
)
DISTSTYLE ALL
SORTKEY (version, occurred_at);

CREATE TABLE IF NOT EXISTS app.model_metrics (
    version INTEGER NOT NULL,
    scorer VARCHAR(32) NOT NULL,
    postings BIGINT NOT NULL,
    auc DOUBLE PRECISION,
    mrr DOUBLE PRECISION,
    ndcg_at_10 DOUBLE PRECISION,
    recall_at_10 DOUBLE PRECISION,
    measured_at TIMESTAMP NOT NULL
)
DISTSTYLE ALL
SORTKEY (version);

CREATE TABLE IF NOT EXISTS app.deployments (
    version INTEGER NOT NULL,
    deployed_by VARCHAR(256) NOT NULL,
    reason VARCHAR(4096) NOT NULL,
    deployed_at TIMESTAMP NOT NULL
)
DISTSTYLE ALL
SORTKEY (deployed_at);
