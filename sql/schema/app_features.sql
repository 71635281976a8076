-- For which data were the features made, and by which statements? Append-only: the latest row says what they are now. It is
-- written in the transaction that makes them, so features without one, or of another load, are not those of the data.
CREATE SCHEMA IF NOT EXISTS app;

CREATE TABLE IF NOT EXISTS app.feature_builds (
    data_version BIGINT NOT NULL,
    made_by VARCHAR(32) NOT NULL,
    built_at TIMESTAMP NOT NULL
)
DISTSTYLE ALL
SORTKEY (built_at);
