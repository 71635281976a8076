-- Which saved searches can a user load? By name.
WITH
-- include: desk/searches_to_load

SELECT search_id, username, name, is_shared, filters
FROM searches_to_load
ORDER BY LOWER(name), username, search_id;
