-- Which rows come with the statement itself? For few rows, and for warehouses without a bucket.
INSERT INTO {staged} ({columns})
VALUES {rows};
