-- How was blind review last switched, for a user and for everybody (subject is NULL)? At most two rows.
WITH
-- include: access/blind_review/viewer

SELECT subject, is_on, username, reason, occurred_at
FROM blind_switches
WHERE recency = 1;
