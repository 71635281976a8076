-- Which session's statement does nobody wait for any more? It is cancelled.
SELECT PG_CANCEL_BACKEND(:process_id) AS cancelled;
