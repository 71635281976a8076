-- Which model version was live from when on, and who made it so, why? Oldest first.
SELECT version, deployed_by, reason, deployed_at
FROM app.deployments
ORDER BY deployed_at, version;
