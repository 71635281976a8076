-- Makes room for the examples of a new training.
DELETE FROM training.examples;

DELETE FROM training.holdout_pairs;
