-- Which events of a list still count? CTEs, to be spliced in (include): all but those that somebody took back.
taken_back AS (
    SELECT DISTINCT undoes
    FROM app.shortlist_events
    WHERE shortlist_id = :shortlist_id AND event = 'undone'
),

in_force AS (
    SELECT e.*
    FROM app.shortlist_events AS e
    LEFT JOIN taken_back AS t ON e.event_id = t.undoes
    WHERE
        e.shortlist_id = :shortlist_id
        AND e.event <> 'undone'
        AND t.undoes IS NULL
)
