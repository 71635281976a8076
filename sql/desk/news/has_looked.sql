-- Has the user been shown any list of candidates?
SELECT COUNT(*) > 0 AS has_looked
FROM app.lists_shown
WHERE username = :username;
