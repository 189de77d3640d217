-- A share carries a copy of one version: of a story, a safety plan or a cue card. Or it is the thread of what two
-- people say about one goal: then its opening is the question whether somebody would keep its member company.
ALTER TABLE story_share RENAME TO share;
ALTER TABLE story_reader RENAME TO share_reader;
ALTER TABLE share ADD COLUMN what TEXT NOT NULL DEFAULT 'story' CHECK (what IN ('story', 'plan', 'card', 'goal'));
DROP INDEX story_share_by_owner;
DROP INDEX story_share_by_circle;
DROP INDEX story_reader_by_account;
CREATE INDEX share_by_owner ON share (owner_id, created_at);
CREATE INDEX share_by_circle ON share (circle_id, created_at) WHERE audience = 'circle';
CREATE INDEX share_reader_by_account ON share_reader (account_id);

-- One person keeps a member company with one goal, by mutual consent. Which goal it is, is sealed in `share`.
CREATE TABLE partnership (
    post_id         BLOB PRIMARY KEY REFERENCES share (post_id), -- the question
    member_id       BLOB NOT NULL REFERENCES account (id),
    partner_id      BLOB NOT NULL REFERENCES account (id),
    goal_hash       BLOB NOT NULL,             -- keyed with the member's own key: one partner for one goal
    -- unheard: whom it is for wants no more questions of this member. It looks like one that waits.
    state           TEXT NOT NULL CHECK (state IN ('asked', 'unheard', 'accepted', 'not_now', 'ended')),
    shows_goal      INTEGER NOT NULL CHECK (shows_goal IN (0, 1)),
    shows_steps     INTEGER NOT NULL CHECK (shows_steps IN (0, 1)),
    shows_tries     INTEGER NOT NULL CHECK (shows_tries IN (0, 1)),
    shows_hard_week INTEGER NOT NULL CHECK (shows_hard_week IN (0, 1)),
    wishes_sealed   BLOB NOT NULL,             -- days of a check-in, and whether it is a hard week: the member's
    answered_at     INTEGER,
    ended_at        INTEGER,
    ended_by        BLOB REFERENCES account (id),
    CHECK (member_id <> partner_id)
) STRICT;
CREATE INDEX partnership_by_member ON partnership (member_id);
CREATE INDEX partnership_by_partner ON partnership (partner_id);
CREATE UNIQUE INDEX partnership_of_goal ON partnership (goal_hash) WHERE state IN ('asked', 'unheard', 'accepted');

-- What a post between partners is. Of goal, steps and tries it is a copy, read only while it is granted.
CREATE TABLE partner_text (
    post_id    BLOB PRIMARY KEY REFERENCES post (id),
    kind       TEXT NOT NULL CHECK (kind IN ('goal', 'steps', 'tries', 'morning', 'evening', 'encouragement', 'proposal')),
    settled_at INTEGER                          -- of a proposal: its member took it over, or left it
) STRICT, WITHOUT ROWID;

-- Who wants no more such questions, and from whom.
CREATE TABLE partner_refusal (
    account_id BLOB NOT NULL REFERENCES account (id),
    from_id    BLOB NOT NULL REFERENCES account (id),
    PRIMARY KEY (account_id, from_id)
) STRICT, WITHOUT ROWID;

-- More kinds of news.
CREATE TABLE notice_new (
    number     INTEGER PRIMARY KEY AUTOINCREMENT,
    id         BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    account_id BLOB NOT NULL REFERENCES account (id),
    kind       TEXT NOT NULL CHECK (kind IN ('reply', 'note', 'story', 'decision', 'circle', 'report', 'question', 'message', 'asked', 'answer', 'partner', 'plan')),
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
