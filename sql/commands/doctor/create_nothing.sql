-- May this login make tables in a schema? What is made is gone at once.
CREATE TABLE {stored} (n INTEGER);

DROP TABLE {stored};
