-- The trial examples go again.
DROP TABLE IF EXISTS {stored};
