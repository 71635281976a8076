-- Which of the posting's weightiest words does a candidate's own text use, the weightiest first? Words of one or two
-- letters say nothing by themselves, unless the posting asks for them as a skill.
SELECT t.term, p.weight
FROM features.posting_facts AS f
INNER JOIN hiring.postings AS h ON f.posting_id = h.posting_id
INNER JOIN {schema}.posting_terms AS p ON f.posting_key = p.posting_key AND p.weight_rank <= 80
INNER JOIN features.candidate_facts AS c ON c.candidate_id = :candidate_id
INNER JOIN features.candidate_words AS w ON c.candidate_key = w.candidate_key AND p.term_id = w.term_id
INNER JOIN features.terms AS t ON p.term_id = t.term_id
WHERE
    f.posting_id = :posting_id
    AND (
        LENGTH(t.term) > 2
        OR POSITION(' ' || t.term || ' ' IN ' ' || REPLACE({parted h.skills}, '`', ' ') || ' ') > 0
    )
ORDER BY p.weight DESC, t.term
LIMIT 25;
