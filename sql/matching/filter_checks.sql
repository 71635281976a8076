-- Who passes which of the filters that are on? A CTE, to be spliced in (include) after what the filters need: for each
-- filter (each skill that is a must or excluded counts by itself), a row for each candidate; failed is 1 or 0. Lists of
-- words come as ';a;b;' in lower case. Who has not said what a filter asks for does not pass it.
-- part of: counted
filter_checks AS (
-- include each, UNION ALL between: filters
)
