-- Which words of a posting's status say that it is open, and which that it is not? What the app knows is added with
-- every build of the features (sql/features/posting_statuses.csv); the company's own words may be added, and any changed.
CREATE SCHEMA IF NOT EXISTS hiring;

CREATE TABLE IF NOT EXISTS hiring.posting_statuses (
    status VARCHAR(256) NOT NULL,
    is_open BOOLEAN NOT NULL
)
DISTSTYLE ALL
SORTKEY (status);
