-- Where do the rows of one file wait until they are checked? In a table made for them.
DROP TABLE IF EXISTS {staged};

CREATE TABLE {staged} (
    {definitions}
)
DISTSTYLE EVEN;
