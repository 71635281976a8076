-- Which columns did a user last choose for this kind of export? No row if they never did.
SELECT chosen_columns
FROM app.export_choices
WHERE username = :username AND kind = :kind
ORDER BY chosen_at DESC
LIMIT 1;
