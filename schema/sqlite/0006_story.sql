-- Stories that were shared. A shared copy is a thread like any other: its opening goes the way of a post, is
-- sealed as a post is and is looked after by the facilitators of one circle; the notes that answer it are posts
-- too. Only its readers are others: those named here. The private original stays in private_record.

CREATE TABLE story_share (
    post_id       BLOB PRIMARY KEY REFERENCES post (id), -- the shared copy
    thread_id     BLOB NOT NULL UNIQUE REFERENCES thread (id),
    circle_id     BLOB NOT NULL REFERENCES circle (id),   -- whose facilitators look after it
    owner_id      BLOB NOT NULL REFERENCES account (id),
    audience      TEXT NOT NULL CHECK (audience IN ('allies', 'circle', 'link')),
    source_sealed BLOB NOT NULL,           -- which story and version it was, under the member's key
    link_hash     BLOB UNIQUE,             -- keyed hash of the link's secret
    openings      INTEGER NOT NULL DEFAULT 0, -- how often the link was opened; not by whom
    created_at    INTEGER NOT NULL,
    expires_at    INTEGER,
    withdrawn_at  INTEGER,
    CHECK ((audience = 'link') = (link_hash IS NOT NULL)),
    CHECK (audience <> 'link' OR expires_at IS NOT NULL)
) STRICT;
CREATE INDEX story_share_by_owner ON story_share (owner_id, created_at);
CREATE INDEX story_share_by_circle ON story_share (circle_id, created_at) WHERE audience = 'circle';

CREATE TABLE story_reader (
    post_id    BLOB NOT NULL REFERENCES story_share (post_id),
    account_id BLOB NOT NULL REFERENCES account (id),
    PRIMARY KEY (post_id, account_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX story_reader_by_account ON story_reader (account_id);

-- What a note does, and whether the story's writer keeps it on top.
CREATE TABLE witness_note (
    post_id   BLOB PRIMARY KEY REFERENCES post (id),
    kind      TEXT NOT NULL CHECK (kind IN ('strength', 'resource')),
    pinned_at INTEGER
) STRICT, WITHOUT ROWID;

-- What the screen or a person let through, wherever it stands; and the part of it that a circle reads. Nothing
-- of a shared story is in the second, so that no list, search or feed of a circle can show it by mistake.
DROP VIEW post_state;
DROP VIEW visible_thread;
DROP VIEW visible_post;
CREATE VIEW let_through_post AS
SELECT p.row AS post_row, p.id, p.thread_id, p.circle_id, p.author_id, p.number, p.created_at,
       v.version, v.text_sealed, v.created_at AS version_at, d.outcome, d.labels, d.number AS decision_number
  FROM post p
  JOIN post_version v ON v.post_id = p.id AND v.version = p.shown_version
  JOIN decision d ON d.post_id = v.post_id AND d.version = v.version AND d.number = v.decision_number
 WHERE d.outcome IN ('publish', 'fold') AND p.removed_at IS NULL;

CREATE VIEW visible_post AS
SELECT * FROM let_through_post l
 WHERE NOT EXISTS (SELECT 1 FROM story_share s WHERE s.thread_id = l.thread_id);

CREATE VIEW visible_thread AS
SELECT t.id, t.circle_id, t.opening_post_id, t.last_number, t.created_at, t.active_at
  FROM thread t
  JOIN post o ON o.id = t.opening_post_id AND o.thread_id = t.id
 WHERE EXISTS (SELECT 1 FROM visible_post v WHERE v.id = o.id)
    OR (o.removed_at IS NOT NULL AND EXISTS (SELECT 1 FROM visible_post v WHERE v.thread_id = t.id));

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
       CASE WHEN d.number IS NULL THEN NULL
            ELSE lower(hex(d.post_id)) || '.' || d.version || '.' || d.number END AS decision_id,
       f.idempotency_key,
       p.created_at
  FROM post p
  LEFT JOIN post_version f ON f.post_id = p.id AND f.version = 1
  LEFT JOIN post_version v ON v.post_id = p.id
        AND v.version = (SELECT max(version) FROM post_version WHERE post_id = p.id)
  LEFT JOIN decision d ON d.post_id = p.id AND d.version = v.version AND d.number = v.decision_number
  LEFT JOIN let_through_post s ON s.id = p.id;
