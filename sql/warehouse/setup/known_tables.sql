-- Which tables and views are there that this login may use?
SELECT table_schema, table_name, table_type
FROM information_schema.tables
WHERE table_schema IN ('hiring', 'staging', 'features', 'training', 'ml', 'app')
ORDER BY table_schema, table_name;
