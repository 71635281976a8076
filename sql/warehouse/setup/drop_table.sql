-- Takes away a table that is made anew.
DROP TABLE {table};
