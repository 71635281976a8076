-- Which keys has the place asked for? A CTE, to be spliced in (include): one row, NULL for what it is not.
-- part of: counted, eligible
wanted_place AS (
    SELECT
        MAX(CASE WHEN kind = 'city' THEN value_key END) AS city_key,
        MAX(CASE WHEN kind = 'region' THEN value_key END) AS region_key,
        MAX(CASE WHEN kind = 'country' THEN value_key END) AS country_key
    FROM features.value_keys
    WHERE kind IN ('city', 'region', 'country') AND value = CAST(:place AS VARCHAR(256))
)
