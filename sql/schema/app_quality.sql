-- What did the data look like on which a model version was trained, and how did it do on the postings held out?
CREATE SCHEMA IF NOT EXISTS app;

-- For each feature up to ten bins (number 1 and up, from above to up_to; NULL is open) and the missing values (number 0),
-- with the share of the training examples (learned) and of those held out (judged) in it. Of pairs in which nothing came
-- to pass: those can be drawn again later.
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

-- What the quality page draws of a version's holdout (a figure: the rows of a question in sql/quality), kept when the
-- version is judged: it does not change any more. JSON, in as many parts as it takes: the names of the columns in each.
CREATE TABLE IF NOT EXISTS app.quality_figures (
    version INTEGER NOT NULL,
    figure VARCHAR(32) NOT NULL,
    part SMALLINT NOT NULL,
    columns VARCHAR(1024) NOT NULL,
    entries VARCHAR(65535) NOT NULL,
    kept_at TIMESTAMP NOT NULL
)
DISTSTYLE ALL
SORTKEY (version, figure);
