-- Writes down that somebody saved or deleted a search.
INSERT INTO app.search_events (search_id, event_id, occurred_at, username, event, name, is_shared, filters)
VALUES (:search_id, :event_id, SYSDATE, :username, :event, :name, :is_shared, :filters);
