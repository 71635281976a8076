-- What stays of a load in the staging schema? Nothing: the files' personal data is not kept twice.
DROP TABLE staging.postings;

DROP TABLE staging.candidates;

DROP TABLE staging.interactions;

DROP TABLE staging.demographics;

DROP TABLE staging.rejected_rows;
