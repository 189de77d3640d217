-- For checks from outside: the decision is of the version that the state speaks of. While a version is shown, that is the
-- one that lets it through, also when an edit of it waits or was given back; else it is the newest version's.
DROP VIEW post_state;
CREATE VIEW post_state AS
SELECT lower(hex(p.id)) AS id,
       lower(hex(p.circle_id)) AS circle_id,
       CASE WHEN p.removed_at IS NOT NULL THEN 'removed'
            WHEN s.outcome = 'publish' THEN 'visible'
            WHEN s.outcome = 'fold' THEN 'folded'
            WHEN d.verdict = 'remove' THEN 'removed'
            WHEN d.outcome = 'hold' THEN 'held'
            WHEN d.outcome = 'return' THEN 'returned'
            ELSE 'pending' END AS state,
       CASE WHEN s.id IS NOT NULL THEN lower(hex(s.id)) || '.' || s.version || '.' || s.decision_number
            WHEN d.number IS NOT NULL THEN lower(hex(d.post_id)) || '.' || d.version || '.' || d.number
            END AS decision_id,
       f.idempotency_key,
       p.created_at
  FROM post p
  LEFT JOIN post_version f ON f.post_id = p.id AND f.version = 1
  LEFT JOIN post_version v ON v.post_id = p.id
        AND v.version = (SELECT max(version) FROM post_version WHERE post_id = p.id)
  LEFT JOIN decision d ON d.post_id = p.id AND d.version = v.version AND d.number = v.decision_number
  LEFT JOIN let_through_post s ON s.id = p.id;
