-- Who reviews blind? Append-only. Of one recruiter, or of everybody (subject is NULL), the latest event decides.
CREATE SCHEMA IF NOT EXISTS app;

CREATE TABLE IF NOT EXISTS app.blind_events (
    event_id VARCHAR(32) NOT NULL,
    occurred_at TIMESTAMP NOT NULL,
    username VARCHAR(256) NOT NULL,
    subject VARCHAR(256),
    is_on BOOLEAN NOT NULL,
    reason VARCHAR(1024) NOT NULL
)
DISTSTYLE ALL
SORTKEY (occurred_at);
