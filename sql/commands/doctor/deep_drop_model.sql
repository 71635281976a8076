-- The trial model goes again.
DROP MODEL IF EXISTS {model};
