-- Where do the rows go that a load turns away after it has brought them to the warehouse?
DROP TABLE IF EXISTS staging.rejected_rows;

CREATE TABLE staging.rejected_rows (
    row_index BIGINT NOT NULL,
    column_name VARCHAR(64) NOT NULL,
    cell VARCHAR(1024),
    why VARCHAR(32) NOT NULL,
    other_row BIGINT
);
