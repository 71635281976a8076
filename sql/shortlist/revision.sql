-- How many events does a list have? The number grows with every change, so it says whether there is a newer one.
SELECT COUNT(*) AS events
FROM app.shortlist_events
WHERE shortlist_id = :shortlist_id;
