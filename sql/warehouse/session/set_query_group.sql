-- What is the session used for? The label is found in SYS_QUERY_HISTORY, and workload management can route by it.
SET query_group TO '{label}';
