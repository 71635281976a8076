-- How many events does a list have, and how often was blind review switched? The number grows with every change of what
-- a list shows, so it says whether there is a newer one.
SELECT COUNT(*) + (SELECT COUNT(*) FROM app.blind_events) AS events
FROM app.shortlist_events
WHERE shortlist_id = :shortlist_id;
