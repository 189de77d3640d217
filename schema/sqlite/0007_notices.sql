-- What is new for somebody: ids and kinds, never words. One row stands for all that is new about one thing until it
-- was seen, so that nothing is told twice.
CREATE TABLE notice (
    number     INTEGER PRIMARY KEY AUTOINCREMENT,
    id         BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    account_id BLOB NOT NULL REFERENCES account (id),
    kind       TEXT NOT NULL CHECK (kind IN ('reply', 'note', 'story', 'decision', 'circle', 'report', 'question', 'message')),
    about      BLOB NOT NULL CHECK (length(about) = 16), -- the thread, story, post, circle or talk
    post_id    BLOB,                                     -- of a reply: the first one that is new
    at         INTEGER NOT NULL,
    seen_at    INTEGER
) STRICT;
CREATE INDEX notice_by_account ON notice (account_id, number);
CREATE UNIQUE INDEX notice_waiting ON notice (account_id, kind, about) WHERE seen_at IS NULL;
CREATE INDEX notice_about ON notice (about);
CREATE INDEX notice_post ON notice (post_id) WHERE post_id IS NOT NULL;

-- What somebody wants to be told, when, and where to: all of it under their own key.
CREATE TABLE notice_wish (
    account_id  BLOB PRIMARY KEY REFERENCES account (id),
    wish_sealed BLOB NOT NULL
) STRICT;

-- Mail on its way out: that there is something new, or a code that proves an address. One row each, used again.
CREATE TABLE notice_letter (
    account_id BLOB NOT NULL REFERENCES account (id),
    what       TEXT NOT NULL CHECK (what IN ('news', 'code')),
    wanted     INTEGER NOT NULL DEFAULT 1, -- how often it was asked for, ever
    due_at     INTEGER,                    -- NULL: nothing to send
    sent_at    INTEGER,
    tries      INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (account_id, what)
) STRICT, WITHOUT ROWID;
CREATE INDEX notice_letter_due ON notice_letter (due_at) WHERE due_at IS NOT NULL;

-- What happened before this step is told to nobody anew.
INSERT INTO consumer (name, number) SELECT 'notices', coalesce(max(number), 0) FROM event;
