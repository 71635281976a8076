-- Who answers, to whom, and from which database?
SELECT VERSION() AS version, CURRENT_DATABASE() AS database_name, CURRENT_USER AS user_name;
