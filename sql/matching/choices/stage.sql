-- Which stages are there? In their order.
-- part of: choices
SELECT CAST('stage' AS VARCHAR(16)) AS kind, stage AS label, 100 - stage_order AS uses
FROM hiring.stages
