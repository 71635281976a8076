-- Is the label of this app's queries found in the query history?
SELECT COUNT(*) AS found
FROM sys_query_history
WHERE TRIM(query_label) = :label;
