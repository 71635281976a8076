-- Writes down that a list was shown to somebody: for which posting, with which filters, and by which model.
INSERT INTO app.lists_shown (view_id, shown_at, username, posting_id, model_version, data_version, filters)
VALUES (:view_id, SYSDATE, :username, :posting_id, :model_version, :data_version, :filters);
