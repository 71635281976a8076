-- Which roles are there already?
SELECT role_name
FROM svv_roles
ORDER BY role_name;
