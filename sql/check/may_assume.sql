-- May this login have the warehouse take on an IAM role for a kind of statement?
SELECT HAS_ASSUMEROLE_PRIVILEGE(:iam_role, :kind) AS allowed;
