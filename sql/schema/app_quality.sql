-- What did the data look like on which a model version was trained? For each feature up to ten bins (number 1 and up,
-- from above to up_to; NULL is open) and the missing values (number 0), with the share of the training examples
-- (learned) and of those held out (judged) in it. Of pairs in which nothing came to pass: those can be drawn again later.
CREATE SCHEMA IF NOT EXISTS app;

CREATE TABLE IF NOT EXISTS app.feature_bins (
    version INTEGER NOT NULL,
    feature VARCHAR(127) NOT NULL,
    bin SMALLINT NOT NULL,
    above DOUBLE PRECISION,
    up_to DOUBLE PRECISION,
    learned_share DOUBLE PRECISION NOT NULL,
    judged_share DOUBLE PRECISION NOT NULL,
    judged_weight DOUBLE PRECISION NOT NULL
)
DISTSTYLE ALL
SORTKEY (version, feature);
