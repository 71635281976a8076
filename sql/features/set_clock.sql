-- From which moment on is the future unknown?
DELETE FROM {schema}.clock;

INSERT INTO {schema}.clock (as_of) VALUES (:as_of);
