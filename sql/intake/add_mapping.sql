-- How is a source read from now on?
INSERT INTO app.data_mappings (source, mapping, saved_by, saved_at)
SELECT
    CAST(:source AS VARCHAR(512)) AS source,
    CAST(:mapping AS VARCHAR(65535)) AS mapping,
    CAST(:saved_by AS VARCHAR(256)) AS saved_by,
    SYSDATE AS saved_at;
