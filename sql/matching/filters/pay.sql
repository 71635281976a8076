-- Who wishes for pay between the amounts asked for, in that currency? One row for each candidate.
-- part of: filters
SELECT
    CAST('pay' AS VARCHAR(16)) AS filter,
    CAST(NULL AS VARCHAR(65535)) AS value,
    c.candidate_key,
    CASE
        WHEN
            (CAST(:pay_min AS DOUBLE PRECISION) IS NULL OR c.desired_salary >= :pay_min)
            AND (CAST(:pay_max AS DOUBLE PRECISION) IS NULL OR c.desired_salary <= :pay_max)
            AND (CAST(:currency AS VARCHAR(256)) IS NULL OR k.value_key IS NOT NULL)
            THEN 0
        ELSE 1
    END AS failed
FROM features.candidate_facts AS c
LEFT JOIN features.value_keys AS k
    ON k.kind = 'currency' AND c.currency_key = k.value_key AND k.value = CAST(:currency AS VARCHAR(256))
