-- Did shortlists, decisions or what somebody has seen change? The sum of rows grows with every event.
SELECT
    (SELECT COUNT(*) FROM app.shortlist_events)
    + (SELECT COUNT(*) FROM app.decisions)
    + (SELECT COUNT(*) FROM app.details_opened) AS revision;
