-- Which session's statement does nobody wait for any more? It is cancelled.
SELECT PG_CANCEL_BACKEND(CAST(:process_id AS INTEGER)) AS cancelled;
