-- The first schema. Every text that a person wrote is a sealed blob; names of columns say so.
-- Ids are 16 bytes made by the program, random or, for posts, threads and review items, a time and 80 random
-- bits (so that their indices grow at the end); times are milliseconds since 1970, UTC.

CREATE TABLE account (
    id              BLOB PRIMARY KEY CHECK (length(id) = 16),
    nickname_hash   BLOB UNIQUE,              -- keyed hash of the folded nickname; NULL once erased
    nickname_sealed BLOB NOT NULL,            -- under the author's key
    passphrase_hash TEXT NOT NULL,            -- Argon2id, libsodium's string form; '' once erased
    is_lead         INTEGER NOT NULL DEFAULT 0 CHECK (is_lead IN (0, 1)),
    country         TEXT NOT NULL DEFAULT '', -- for help lines, two letters, chosen by the member
    created_at      INTEGER NOT NULL,
    seen_week       INTEGER NOT NULL,         -- weeks since 1970: last-seen is never finer than that
    erased_at       INTEGER
) STRICT;

-- Wrapped keys. Destroying a row here makes everything sealed under it unreadable for good.
CREATE TABLE wrapped_key (
    kind    TEXT NOT NULL CHECK (kind IN ('author', 'circle')),
    owner   BLOB NOT NULL,
    wrapped BLOB NOT NULL,
    PRIMARY KEY (kind, owner)
) STRICT, WITHOUT ROWID;

CREATE TABLE session (
    id         BLOB PRIMARY KEY CHECK (length(id) = 16),
    account_id BLOB NOT NULL REFERENCES account (id),
    token_hash BLOB NOT NULL UNIQUE,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX session_by_account ON session (account_id);

CREATE TABLE circle (
    id                BLOB PRIMARY KEY CHECK (length(id) = 16),
    texts_sealed      BLOB NOT NULL,          -- {"name","purpose","agreement","hours"} under the circle's key
    entry             TEXT NOT NULL CHECK (entry IN ('open', 'apply', 'invite')),
    readable_by       TEXT NOT NULL CHECK (readable_by IN ('everyone', 'members')),
    agreement_version INTEGER NOT NULL DEFAULT 1,
    created_by        BLOB NOT NULL REFERENCES account (id),
    idempotency_key   TEXT NOT NULL,
    body_hash         BLOB NOT NULL,
    created_at        INTEGER NOT NULL,
    UNIQUE (created_by, idempotency_key)
) STRICT;

CREATE TABLE membership (
    circle_id         BLOB NOT NULL REFERENCES circle (id),
    account_id        BLOB NOT NULL REFERENCES account (id),
    role              TEXT NOT NULL CHECK (role IN ('member', 'facilitator')),
    agreement_version INTEGER NOT NULL,       -- the one this person accepted
    joined_at         INTEGER NOT NULL,
    PRIMARY KEY (circle_id, account_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX membership_by_account ON membership (account_id);

CREATE TABLE application (
    id                BLOB PRIMARY KEY CHECK (length(id) = 16),
    circle_id         BLOB NOT NULL REFERENCES circle (id),
    account_id        BLOB NOT NULL REFERENCES account (id),
    words_sealed      BLOB NOT NULL,
    agreement_version INTEGER NOT NULL,
    folded            INTEGER NOT NULL CHECK (folded IN (0, 1)), -- the screen wants it behind a note
    state             TEXT NOT NULL CHECK (state IN ('waiting', 'accepted', 'declined', 'withdrawn')),
    created_at        INTEGER NOT NULL,
    decided_by        BLOB REFERENCES account (id),
    decided_at        INTEGER
) STRICT;
CREATE UNIQUE INDEX application_waiting ON application (circle_id, account_id) WHERE state = 'waiting';
CREATE INDEX application_by_account ON application (account_id);

CREATE TABLE thread (
    id              BLOB PRIMARY KEY CHECK (length(id) = 16),
    circle_id       BLOB NOT NULL REFERENCES circle (id),
    opening_post_id BLOB NOT NULL,
    last_number     INTEGER NOT NULL DEFAULT 0, -- of its newest post, visible or not
    created_at      INTEGER NOT NULL,
    active_at       INTEGER NOT NULL            -- when something last became visible in it
) STRICT;
CREATE INDEX thread_by_circle ON thread (circle_id, active_at, id);

CREATE TABLE post (
    row           INTEGER PRIMARY KEY, -- what the search index points at: a copy of the file keeps it
    id            BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    thread_id     BLOB NOT NULL REFERENCES thread (id),
    circle_id     BLOB NOT NULL REFERENCES circle (id),
    author_id     BLOB NOT NULL REFERENCES account (id),
    number        INTEGER NOT NULL,  -- its place in the thread, from 1
    shown_version INTEGER,           -- set by the trigger below; means nothing without a decision
    created_at    INTEGER NOT NULL,
    removed_at    INTEGER,           -- taken down by its author
    UNIQUE (thread_id, number)
) STRICT;
CREATE INDEX post_by_author ON post (author_id, id);

-- Each text that an author sent: the first of a post, and each edit. Screened by itself.
CREATE TABLE post_version (
    post_id         BLOB NOT NULL REFERENCES post (id),
    version         INTEGER NOT NULL CHECK (version >= 1),
    author_id       BLOB NOT NULL REFERENCES account (id),
    text_sealed     BLOB NOT NULL,   -- {"title","text"} under the author's and the circle's key; x'' once taken down
    decision_number INTEGER,         -- the newest decision on it; without one it is seen by nobody
    idempotency_key TEXT NOT NULL,
    body_hash       BLOB NOT NULL,   -- keyed hash of the request, to tell a retry from another text
    created_at      INTEGER NOT NULL,
    PRIMARY KEY (post_id, version),
    UNIQUE (author_id, idempotency_key),
    FOREIGN KEY (post_id, version, decision_number) REFERENCES decision (post_id, version, number)
        DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TABLE decision (
    post_id       BLOB NOT NULL,
    version       INTEGER NOT NULL,
    number        INTEGER NOT NULL CHECK (number >= 1), -- 1 is the screen's; later ones are people's
    outcome       TEXT NOT NULL CHECK (outcome IN ('publish', 'fold', 'return', 'hold')),
    risk          INTEGER NOT NULL CHECK (risk BETWEEN 0 AND 6),
    risk_score    REAL NOT NULL,
    triage        TEXT NOT NULL CHECK (triage IN ('green', 'amber', 'red', 'crisis')),
    labels        TEXT NOT NULL,  -- names, comma separated
    detail_sealed BLOB NOT NULL,  -- {"findings","scores"} of the screen or {"reason"} of a person
    policy        TEXT NOT NULL,
    micros        INTEGER NOT NULL,
    decided_by    BLOB REFERENCES account (id), -- NULL: the screen
    created_at    INTEGER NOT NULL,
    PRIMARY KEY (post_id, version, number),
    FOREIGN KEY (post_id, version) REFERENCES post_version (post_id, version)
) STRICT;

CREATE TRIGGER decision_counts AFTER INSERT ON decision BEGIN
    UPDATE post_version SET decision_number = NEW.number
     WHERE post_id = NEW.post_id AND version = NEW.version AND decision_number IS NOT NEW.number;
    UPDATE post SET shown_version = NEW.version
     WHERE id = NEW.post_id AND NEW.outcome IN ('publish', 'fold')
       AND (shown_version IS NULL OR shown_version < NEW.version);
END;

-- All that any reader but the author and a facilitator ever queries. A version without a committed
-- decision that lets it through is not in here, whatever else the program does wrong.
CREATE VIEW visible_post AS
SELECT p.row AS post_row, p.id, p.thread_id, p.circle_id, p.author_id, p.number, p.created_at,
       v.version, v.text_sealed, v.created_at AS version_at, d.outcome, d.labels, d.number AS decision_number
  FROM post p
  JOIN post_version v ON v.post_id = p.id AND v.version = p.shown_version
  JOIN decision d ON d.post_id = v.post_id AND d.version = v.version AND d.number = v.decision_number
 WHERE d.outcome IN ('publish', 'fold') AND p.removed_at IS NULL;

-- A thread is seen while its opening is, or, when its author took that down, while replies are.
CREATE VIEW visible_thread AS
SELECT t.id, t.circle_id, t.opening_post_id, t.last_number, t.created_at, t.active_at
  FROM thread t
  JOIN post o ON o.id = t.opening_post_id AND o.thread_id = t.id
 WHERE EXISTS (SELECT 1 FROM visible_post v WHERE v.id = o.id)
    OR (o.removed_at IS NOT NULL AND EXISTS (SELECT 1 FROM visible_post v WHERE v.thread_id = t.id));

CREATE TABLE review_item (
    id             BLOB PRIMARY KEY CHECK (length(id) = 16),
    circle_id      BLOB NOT NULL REFERENCES circle (id),
    lane           TEXT NOT NULL CHECK (lane IN ('care', 'harm', 'newcomer', 'report', 'appeal')),
    post_id        BLOB NOT NULL,
    version        INTEGER NOT NULL,
    triage         TEXT NOT NULL CHECK (triage IN ('green', 'amber', 'red', 'crisis')),
    state          TEXT NOT NULL CHECK (state IN ('waiting', 'decided', 'withdrawn')),
    revision       INTEGER NOT NULL DEFAULT 1, -- grows with each change, so that a stale decision is noticed
    created_at     INTEGER NOT NULL,
    due_at         INTEGER NOT NULL,
    claimed_by     BLOB REFERENCES account (id),
    claimed_until  INTEGER,
    author_safe_at INTEGER,                    -- when the author said "I am safe for now"
    decided_by     BLOB REFERENCES account (id),
    decided_at     INTEGER,
    FOREIGN KEY (post_id, version) REFERENCES post_version (post_id, version)
) STRICT;
CREATE INDEX review_item_waiting ON review_item (circle_id, lane, due_at) WHERE state = 'waiting';
CREATE INDEX review_item_by_post ON review_item (post_id, version);

-- Append-only, each entry's hash over the one before it (BLAKE2b). No texts.
CREATE TABLE audit (
    number     INTEGER PRIMARY KEY,
    at         INTEGER NOT NULL,
    actor      BLOB,            -- an account; NULL: the program or the host's shell
    action     TEXT NOT NULL,   -- 'post.submitted', 'post.decided', 'private.read' …
    circle_id  BLOB,
    object     TEXT NOT NULL,   -- the id of what it was about, may be empty
    detail     TEXT NOT NULL,   -- JSON without content
    hash       BLOB NOT NULL
) STRICT;

-- The outbox and the live log in one: what became of things, in commit order, without content.
CREATE TABLE event (
    number     INTEGER PRIMARY KEY AUTOINCREMENT,
    type       TEXT NOT NULL,
    circle_id  BLOB,
    thread_id  BLOB,
    post_id    BLOB,
    account_id BLOB,            -- for 'me.…' events: whose
    at         INTEGER NOT NULL
) STRICT;
CREATE INDEX event_by_thread ON event (thread_id, number) WHERE thread_id IS NOT NULL;
CREATE INDEX event_by_circle ON event (circle_id, number) WHERE circle_id IS NOT NULL;
CREATE INDEX event_by_account ON event (account_id, number) WHERE account_id IS NOT NULL;

-- How far each consumer of the log has come ('search').
CREATE TABLE consumer (
    name   TEXT PRIMARY KEY,
    number INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Search never stores words: terms are keyed hashes of stems, another key for each circle.
CREATE VIRTUAL TABLE post_search USING fts5 (terms, detail = none, columnsize = 0, tokenize = "ascii");

-- State for outside checks: no content.
CREATE VIEW post_state AS
SELECT lower(hex(p.id)) AS id,
       lower(hex(p.circle_id)) AS circle_id,
       CASE WHEN p.removed_at IS NOT NULL THEN 'removed'
            WHEN s.outcome = 'publish' THEN 'visible'
            WHEN s.outcome = 'fold' THEN 'folded'
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
  LEFT JOIN visible_post s ON s.id = p.id;
