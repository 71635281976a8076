-- How many clauses of the text search does each candidate meet? CTEs, to be spliced in (include) after search_terms and
-- searched_texts; end with text_matches (candidate_key, clauses_met). A clause is met if one of its terms occurs
-- (wanted) or does not (not wanted). Words are whole, or begin so; a term occurs in any of its spellings.
-- part of: counted, eligible
term_hits AS (
    SELECT DISTINCT t.candidate_key, s.term, s.begins
    FROM searched_texts AS t
    INNER JOIN spellings AS s ON POSITION(s.words IN t.body) > 0
),

text_matches AS (
    SELECT c.candidate_key, COUNT(DISTINCT t.clause) AS clauses_met
    FROM features.candidate_facts AS c
    CROSS JOIN search_terms AS t
    LEFT JOIN term_hits AS h ON c.candidate_key = h.candidate_key AND t.term = h.term AND t.begins = h.begins
    WHERE (h.candidate_key IS NOT NULL) = t.wanted
    GROUP BY c.candidate_key
)
