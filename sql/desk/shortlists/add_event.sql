-- Writes down what somebody did to a list.
INSERT INTO app.shortlist_events (
    shortlist_id, event_id, occurred_at, username, event, candidate_id, posting_id, value, detail, position, undoes
)
VALUES (
    :shortlist_id, :event_id, SYSDATE, :username, :event, NULL, :posting_id, :value, :detail, NULL, :undoes
);
