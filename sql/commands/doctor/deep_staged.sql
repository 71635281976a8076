-- What has become of the rows that came through S3?
SELECT n, word, score, flag, day, at
FROM {stored}
ORDER BY n;
