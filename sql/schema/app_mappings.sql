-- How are the files of this company read? For each source (a file or sheet as it is called from export to export) the
-- latest mapping that an admin loaded with. Append-only.
CREATE SCHEMA IF NOT EXISTS app;

CREATE TABLE IF NOT EXISTS app.data_mappings (
    source VARCHAR(512) NOT NULL,
    mapping VARCHAR(65535) NOT NULL,
    saved_by VARCHAR(256) NOT NULL,
    saved_at TIMESTAMP NOT NULL
)
DISTSTYLE ALL
SORTKEY (saved_at);
