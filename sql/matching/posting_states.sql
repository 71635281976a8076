-- Which postings are open today? A CTE, to be spliced in (include): posting_states (posting_key, posting_id, opened_on,
-- is_open, closed_since). What its status says decides, else its closing day, which may be far away for "never".
-- closed_since is NULL while a posting is open, and where nobody knows the day.
posting_states AS (
    SELECT
        posting_key,
        posting_id,
        opened_on,
        COALESCE(says_open, closed_on IS NULL OR closed_on >= CAST(GETDATE() AS DATE)) AS is_open,
        CASE WHEN NOT COALESCE(says_open, FALSE) AND closed_on < CAST(GETDATE() AS DATE) THEN closed_on END AS closed_since
    FROM features.posting_facts
)
