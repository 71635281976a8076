-- Which columns do the tables have that are worked out from the company's data, in order?
SELECT table_schema, table_name, column_name
FROM information_schema.columns
WHERE table_schema IN ('features', 'training')
ORDER BY table_schema, table_name, ordinal_position;
