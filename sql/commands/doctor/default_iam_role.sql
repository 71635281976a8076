-- Which IAM role does the warehouse take on by default?
SELECT DEFAULT_IAM_ROLE() AS iam_role;
