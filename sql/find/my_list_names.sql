-- Which shortlists may a user see that are not archived, by name?
WITH
-- include: find/my_lists

SELECT shortlist_id, name
FROM my_lists
WHERE NOT is_archived
ORDER BY LOWER(name), shortlist_id;
