-- Keeps a part of a figure of a version.
INSERT INTO app.quality_figures (version, figure, part, columns, entries, kept_at)
VALUES (:version, :figure, :part, :columns, :entries, SYSDATE);
