-- A role that people and applications are given: it holds privileges, nobody logs in as it.
CREATE ROLE {role};
