-- May this login have the warehouse take on an IAM role for a kind of statement?
SELECT HAS_ASSUMEROLE_PRIVILEGE(CAST(:iam_role AS VARCHAR(2048)), CAST(:kind AS VARCHAR(32))) AS allowed;
