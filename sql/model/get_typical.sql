-- What is the typical value of each feature in a version's training?
SELECT *
FROM {typical};
