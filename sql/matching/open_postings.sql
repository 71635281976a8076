-- Which postings are open today?
WITH
-- include: matching/posting_states

SELECT posting_id
FROM posting_states
WHERE is_open
ORDER BY posting_id;
