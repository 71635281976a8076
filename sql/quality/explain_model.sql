-- How much does each feature move a model's predictions? JSON, or a word on why there is none yet.
SELECT EXPLAIN_MODEL('{model}') AS explanation;
