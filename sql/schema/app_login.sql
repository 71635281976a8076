-- Login attempts, successes and locks. Append-only. The name is a keyed hash of what was typed.
CREATE SCHEMA IF NOT EXISTS app;

CREATE TABLE IF NOT EXISTS app.login_events (
    name_hash VARCHAR(64) NOT NULL,
    event VARCHAR(16) NOT NULL,
    occurred_at TIMESTAMP NOT NULL
)
DISTSTYLE AUTO
SORTKEY (occurred_at);
