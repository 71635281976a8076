-- Which privileges about models are granted to roles and users, as far as this login may see?
SELECT system_privilege, identity_name, identity_type
FROM svv_system_privileges
WHERE system_privilege LIKE CHR(37) || 'MODEL'
ORDER BY identity_name, system_privilege;
