-- Writes down which columns a user chose for this kind of export.
INSERT INTO app.export_choices (username, chosen_at, kind, chosen_columns)
VALUES (:username, SYSDATE, :kind, :chosen_columns);
