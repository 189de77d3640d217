-- The desk: what facilitators do with what waits, and the record of it.

-- The end of the audit log, in a second place: a log that was cut shows. One row, and a log that only grows.
CREATE TABLE audit_head (
    one    INTEGER PRIMARY KEY CHECK (one = 1),
    number INTEGER NOT NULL,
    hash   BLOB NOT NULL
) STRICT;
INSERT INTO audit_head SELECT 1, number, hash FROM audit ORDER BY number DESC LIMIT 1;
INSERT OR IGNORE INTO audit_head VALUES (1, 0, x'');
CREATE TRIGGER audit_never_changes BEFORE UPDATE ON audit BEGIN
    SELECT raise(ABORT, 'the audit log only grows');
END;
CREATE TRIGGER audit_never_shrinks BEFORE DELETE ON audit BEGIN
    SELECT raise(ABORT, 'the audit log only grows');
END;

-- Entries that a member is shown: who read or decided something of theirs.
CREATE TABLE audit_concern (
    number     INTEGER PRIMARY KEY REFERENCES audit (number),
    account_id BLOB NOT NULL REFERENCES account (id)
) STRICT;
CREATE INDEX audit_concern_by_account ON audit_concern (account_id, number);

-- Decisions of people say what they were, since two of them leave a text unseen.
ALTER TABLE decision ADD COLUMN verdict TEXT CHECK (verdict IN ('publish', 'fold', 'return', 'keep', 'remove'));

ALTER TABLE review_item ADD COLUMN author_id BLOB REFERENCES account (id);
ALTER TABLE review_item ADD COLUMN labels TEXT NOT NULL DEFAULT '';  -- names, comma separated
ALTER TABLE review_item ADD COLUMN verdict TEXT;                     -- once decided
ALTER TABLE review_item ADD COLUMN meant_for BLOB REFERENCES account (id); -- who gave the version before back
ALTER TABLE review_item ADD COLUMN for_lead INTEGER NOT NULL DEFAULT 0;
UPDATE review_item SET
    author_id = (SELECT author_id FROM post WHERE id = review_item.post_id),
    labels = coalesce((SELECT labels FROM decision d WHERE d.post_id = review_item.post_id
                          AND d.version = review_item.version AND d.number = 1), '');
DROP INDEX review_item_waiting;
CREATE INDEX review_item_waiting ON review_item (circle_id, lane, due_at, id) WHERE state = 'waiting';
CREATE INDEX review_item_by_author ON review_item (circle_id, author_id);

-- What was done with an item, without words. `revision`: the item's, afterwards.
CREATE TABLE review_step (
    item_id  BLOB NOT NULL REFERENCES review_item (id),
    number   INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    kind     TEXT NOT NULL CHECK (kind IN
        ('decided', 'withdrawn', 'safe', 'passed', 'second', 'escalated', 'reported', 'noted')),
    by       BLOB REFERENCES account (id),
    at       INTEGER NOT NULL,
    PRIMARY KEY (item_id, number)
) STRICT, WITHOUT ROWID;

-- Who has an item open, so that others see it.
CREATE TABLE review_look (
    item_id    BLOB NOT NULL REFERENCES review_item (id),
    account_id BLOB NOT NULL REFERENCES account (id),
    at         INTEGER NOT NULL,
    PRIMARY KEY (item_id, account_id)
) STRICT, WITHOUT ROWID;

-- Facilitators' notes about a member of their circle, sealed under that member's and the circle's key.
CREATE TABLE review_note (
    id           BLOB PRIMARY KEY CHECK (length(id) = 16),
    circle_id    BLOB NOT NULL REFERENCES circle (id),
    account_id   BLOB NOT NULL REFERENCES account (id), -- about whom
    item_id      BLOB NOT NULL REFERENCES review_item (id),
    by           BLOB NOT NULL REFERENCES account (id),
    words_sealed BLOB NOT NULL,
    folded       INTEGER NOT NULL,
    at           INTEGER NOT NULL
) STRICT;
CREATE INDEX review_note_about ON review_note (circle_id, account_id, at);

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

-- Of a member: when their first posts were through, and whether they would like to welcome others.
ALTER TABLE membership ADD COLUMN settled_at INTEGER;
ALTER TABLE membership ADD COLUMN welcomes INTEGER NOT NULL DEFAULT 0;

-- What members tell facilitators about a post. Its words are sealed under the reporter's key; what was reported,
-- as it was, under its author's.
CREATE TABLE report (
    post_id         BLOB NOT NULL,
    version         INTEGER NOT NULL,
    reporter_id     BLOB NOT NULL REFERENCES account (id),
    item_id         BLOB NOT NULL REFERENCES review_item (id),
    circle_id       BLOB NOT NULL REFERENCES circle (id),
    category        TEXT NOT NULL CHECK (category IN ('unkind', 'how', 'who', 'selling', 'other')),
    words_sealed    BLOB NOT NULL,            -- x'' without words
    folded          INTEGER NOT NULL,
    snapshot_sealed BLOB NOT NULL,            -- x'' but on the first report of a version
    weight          REAL NOT NULL,
    created_at      INTEGER NOT NULL,
    made_a_change   INTEGER,                  -- NULL until somebody decided
    PRIMARY KEY (post_id, version, reporter_id),
    FOREIGN KEY (post_id, version) REFERENCES post_version (post_id, version)
) STRICT, WITHOUT ROWID;
CREATE INDEX report_by_item ON report (item_id);
CREATE INDEX report_by_reporter ON report (reporter_id, created_at);

-- How often somebody's reports led to a change.
CREATE TABLE reporter (
    account_id BLOB PRIMARY KEY REFERENCES account (id),
    changed    INTEGER NOT NULL DEFAULT 0,
    unchanged  INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Strikes and limits follow from an item about harm, never from one about care: the schema itself sees to it.
CREATE TABLE strike (
    item_id    BLOB PRIMARY KEY REFERENCES review_item (id),
    circle_id  BLOB NOT NULL REFERENCES circle (id),
    account_id BLOB NOT NULL REFERENCES account (id),
    weight     INTEGER NOT NULL CHECK (weight BETWEEN 1 AND 3),
    by         BLOB NOT NULL REFERENCES account (id),
    at         INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    voided_at  INTEGER               -- another look found that it was not right
) STRICT;
CREATE INDEX strike_by_account ON strike (account_id, expires_at);

CREATE TABLE circle_limit (
    id            BLOB PRIMARY KEY CHECK (length(id) = 16),
    circle_id     BLOB NOT NULL REFERENCES circle (id),
    account_id    BLOB REFERENCES account (id),     -- NULL: the whole circle is locked
    item_id       BLOB REFERENCES review_item (id),
    kind          TEXT NOT NULL CHECK (kind IN ('slow', 'hold_all', 'read_only', 'pause', 'lock')),
    minutes       INTEGER NOT NULL,
    reason_sealed BLOB NOT NULL,                    -- under the member's and the circle's key; a lock's under the circle's
    by            BLOB NOT NULL REFERENCES account (id),
    begins_at     INTEGER NOT NULL,
    ends_at       INTEGER NOT NULL,
    ended_at      INTEGER,                          -- before its time
    CHECK ((kind = 'lock') = (account_id IS NULL)),
    CHECK ((kind = 'lock') = (item_id IS NULL)),
    CHECK (ends_at > begins_at)
) STRICT;
CREATE INDEX circle_limit_holding ON circle_limit (circle_id, ends_at) WHERE ended_at IS NULL;
CREATE INDEX circle_limit_by_account ON circle_limit (account_id, ends_at) WHERE account_id IS NOT NULL;

CREATE TRIGGER strike_never_from_care BEFORE INSERT ON strike
WHEN NOT EXISTS (SELECT 1 FROM review_item WHERE id = NEW.item_id AND triage = 'green'
                    AND lane IN ('harm', 'newcomer', 'report'))
BEGIN SELECT raise(ABORT, 'a cry for help is not a violation'); END;
CREATE TRIGGER limit_never_from_care BEFORE INSERT ON circle_limit
WHEN NEW.item_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM review_item WHERE id = NEW.item_id
                    AND triage = 'green' AND lane IN ('harm', 'newcomer', 'report'))
BEGIN SELECT raise(ABORT, 'a cry for help is not a violation'); END;

-- Asking for another look: one conversation about one version, decided by somebody else, then closed.
CREATE TABLE appeal (
    item_id   BLOB PRIMARY KEY REFERENCES review_item (id),
    post_id   BLOB NOT NULL,
    version   INTEGER NOT NULL,
    author_id BLOB NOT NULL REFERENCES account (id),
    at        INTEGER NOT NULL,
    closed_at INTEGER,
    upheld    INTEGER CHECK (upheld IN (0, 1)),
    UNIQUE (post_id, version)
) STRICT;
CREATE TABLE appeal_message (
    item_id      BLOB NOT NULL REFERENCES appeal (item_id),
    number       INTEGER NOT NULL,
    by           BLOB NOT NULL REFERENCES account (id),
    words_sealed BLOB NOT NULL, -- under the appealing author's and the circle's key
    folded       INTEGER NOT NULL,
    at           INTEGER NOT NULL,
    PRIMARY KEY (item_id, number)
) STRICT, WITHOUT ROWID;

-- What a facilitator's day weighed, counted once for each item they opened.
CREATE TABLE exposure (
    account_id BLOB NOT NULL REFERENCES account (id),
    day        INTEGER NOT NULL, -- days since 1970
    item_id    BLOB NOT NULL REFERENCES review_item (id),
    weight     INTEGER NOT NULL,
    at         INTEGER NOT NULL,
    PRIMARY KEY (account_id, day, item_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE desk_setting (
    account_id   BLOB PRIMARY KEY REFERENCES account (id),
    opt_outs     TEXT NOT NULL DEFAULT '', -- labels they would rather not read just now
    paused_until INTEGER
) STRICT;

-- For figures: how many posts and edits came on each day, and how many of them no person was asked about.
CREATE TABLE day_count (
    circle_id    BLOB NOT NULL REFERENCES circle (id),
    day          INTEGER NOT NULL, -- days since 1970
    posts        INTEGER NOT NULL,
    by_the_check INTEGER NOT NULL,
    PRIMARY KEY (circle_id, day)
) STRICT, WITHOUT ROWID;
CREATE INDEX review_item_decided ON review_item (circle_id, decided_at, lane, created_at, due_at, verdict, decided_by)
    WHERE verdict IS NOT NULL;

-- A rule of the host's policy in another state than in its file. It belongs to that version of the file. What
-- lets more through needs a second person: the schema itself sees to it.
CREATE TABLE rule_change (
    id         BLOB PRIMARY KEY CHECK (length(id) = 16),
    policy     TEXT NOT NULL, -- "name/version" of the file
    rule       TEXT NOT NULL,
    before     TEXT NOT NULL CHECK (before IN ('live', 'shadow', 'off')),
    after      TEXT NOT NULL CHECK (after IN ('live', 'shadow', 'off') AND after <> before),
    loosens    INTEGER NOT NULL CHECK (loosens = (before = 'live')),
    stage      TEXT NOT NULL CHECK (stage IN ('waits', 'in_use', 'withdrawn')),
    asked_by   BLOB NOT NULL REFERENCES account (id),
    asked_at   INTEGER NOT NULL,
    settled_by BLOB REFERENCES account (id),
    settled_at INTEGER,
    CHECK ((stage = 'waits') = (settled_by IS NULL)),
    CHECK (NOT (loosens AND stage = 'in_use' AND settled_by = asked_by))
) STRICT;
CREATE INDEX rule_change_by_policy ON rule_change (policy, settled_at);
CREATE UNIQUE INDEX rule_change_waiting ON rule_change (policy, rule) WHERE stage = 'waits';

-- A circle's own policy that would let more through than the one in use: it waits for a second person.
CREATE TABLE circle_policy_wish (
    circle_id   BLOB PRIMARY KEY REFERENCES circle (id),
    id          TEXT NOT NULL,    -- "name/version", '' to have none
    hash        BLOB NOT NULL,    -- keyed hash of the text
    text_sealed BLOB NOT NULL,    -- under the circle's key; x'' to have none
    asked_by    BLOB NOT NULL REFERENCES account (id),
    asked_at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Which rules acted on which text, or would have (shadow): for how often each is right.
CREATE TABLE rule_hit (
    rule    TEXT NOT NULL,
    at      INTEGER NOT NULL,
    post_id BLOB NOT NULL,
    version INTEGER NOT NULL,
    shadow  INTEGER NOT NULL CHECK (shadow IN (0, 1)),
    PRIMARY KEY (rule, at, post_id, version),
    FOREIGN KEY (post_id, version) REFERENCES post_version (post_id, version)
) STRICT, WITHOUT ROWID;

-- Who is asked about a cry for help: found without a look at everybody.
CREATE INDEX account_leads ON account (id) WHERE is_lead = 1;
CREATE INDEX membership_facilitators ON membership (circle_id, account_id) WHERE role = 'facilitator';
