-- News on one's own days for a word about a goal.
CREATE TABLE notice_new (
    number     INTEGER PRIMARY KEY AUTOINCREMENT,
    id         BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    account_id BLOB NOT NULL REFERENCES account (id),
    kind       TEXT NOT NULL CHECK (kind IN ('reply', 'note', 'story', 'decision', 'circle', 'report', 'question', 'message', 'asked', 'answer', 'partner', 'plan', 'checkin')),
    about      BLOB NOT NULL CHECK (length(about) = 16), -- the thread, story, post, circle, talk or share
    post_id    BLOB,                                     -- of a reply: the first one that is new
    at         INTEGER NOT NULL,
    seen_at    INTEGER
) STRICT;
INSERT INTO notice_new SELECT number, id, account_id, kind, about, post_id, at, seen_at FROM notice;
DROP TABLE notice;
ALTER TABLE notice_new RENAME TO notice;
CREATE INDEX notice_by_account ON notice (account_id, number);
CREATE UNIQUE INDEX notice_waiting ON notice (account_id, kind, about) WHERE seen_at IS NULL;
CREATE INDEX notice_about ON notice (about);
CREATE INDEX notice_post ON notice (post_id) WHERE post_id IS NOT NULL;
