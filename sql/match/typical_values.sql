-- What is typical of a pair, among the examples that a version learned from? One row.
SELECT {features}
FROM {typical};
