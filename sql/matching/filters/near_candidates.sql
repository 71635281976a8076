-- Who is within so many km of the city asked for? CTEs, to be spliced in (include) after wanted_place; end with
-- near_candidates (candidate_key). Where a city is: the mean of the company's own rows there. Cities of one name in two
-- countries are two.
-- part of: counted, eligible
city_centres AS (
    SELECT
        city_key,
        COALESCE(region_key, 0) AS region_key,
        COALESCE(country_key, 0) AS country_key,
        AVG(latitude) AS latitude,
        AVG(longitude) AS longitude
    FROM (
        SELECT city_key, region_key, country_key, latitude, longitude FROM features.candidate_facts
        UNION ALL
        SELECT city_key, region_key, country_key, latitude, longitude FROM features.posting_facts
    ) AS located
    WHERE city_key IS NOT NULL AND latitude IS NOT NULL AND longitude IS NOT NULL
    GROUP BY city_key, COALESCE(region_key, 0), COALESCE(country_key, 0)
),

wanted_centres AS (
    SELECT c.latitude, c.longitude
    FROM city_centres AS c
    INNER JOIN wanted_place AS w ON c.city_key = w.city_key
),

-- Great-circle distance in km (haversine, mean earth radius 6371 km), from a candidate's own place or their city's.
near_candidates AS (
    SELECT DISTINCT p.candidate_key
    FROM (
        SELECT
            c.candidate_key,
            CASE WHEN c.latitude + c.longitude IS NULL THEN own.latitude ELSE c.latitude END AS latitude,
            CASE WHEN c.latitude + c.longitude IS NULL THEN own.longitude ELSE c.longitude END AS longitude
        FROM features.candidate_facts AS c
        LEFT JOIN city_centres AS own
            ON
                c.city_key = own.city_key
                AND COALESCE(c.region_key, 0) = own.region_key
                AND COALESCE(c.country_key, 0) = own.country_key
    ) AS p
    CROSS JOIN wanted_centres AS w
    WHERE
        2 * 6371 * ASIN(SQRT(LEAST(
            1.0,
            POWER(SIN(RADIANS(p.latitude - w.latitude) / 2), 2)
            + COS(RADIANS(w.latitude)) * COS(RADIANS(p.latitude))
            * POWER(SIN(RADIANS(p.longitude - w.longitude) / 2), 2)
        ))) <= CAST(:within_km AS DOUBLE PRECISION)
)
