-- Which loads of data were there, and what did the warehouse hold after each? Append-only: the latest row is the
-- current data version; as_of is the latest moment that the data knows of.
CREATE SCHEMA IF NOT EXISTS app;

CREATE TABLE IF NOT EXISTS app.data_loads (
    data_version BIGINT NOT NULL,
    loaded_at TIMESTAMP NOT NULL,
    as_of TIMESTAMP,
    postings BIGINT NOT NULL,
    candidates BIGINT NOT NULL,
    interactions BIGINT NOT NULL,
    demographics BIGINT NOT NULL
)
DISTSTYLE ALL
SORTKEY (data_version);
