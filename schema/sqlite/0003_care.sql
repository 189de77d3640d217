-- Care: who is on duty, and alarms that repeat and climb until somebody has them.

-- When somebody is on duty in a circle. `place` 1 is asked first, 2 is the second facilitator.
CREATE TABLE duty (
    id          BLOB PRIMARY KEY CHECK (length(id) = 16),
    circle_id   BLOB NOT NULL REFERENCES circle (id),
    account_id  BLOB NOT NULL REFERENCES account (id),
    place       INTEGER NOT NULL CHECK (place IN (1, 2)),
    starts_at   INTEGER NOT NULL,
    ends_at     INTEGER NOT NULL CHECK (ends_at > starts_at),
    note_sealed BLOB NOT NULL DEFAULT x'' -- what the next one should know, under this person's and the circle's key
) STRICT;
CREATE INDEX duty_by_circle ON duty (circle_id, ends_at);
CREATE INDEX duty_by_account ON duty (account_id);

-- Each cry for help rings. The schema itself makes the row, so that no way into the care lane can forget it.
CREATE TABLE alarm (
    id              BLOB PRIMARY KEY CHECK (length(id) = 16), -- of the review item or the concern that it is about
    circle_id       BLOB NOT NULL REFERENCES circle (id),
    about_id        BLOB NOT NULL REFERENCES account (id),    -- who may need somebody: never asked about themselves
    triage          TEXT NOT NULL CHECK (triage IN ('amber', 'red', 'crisis')),
    clock_ms        INTEGER NOT NULL CHECK (clock_ms > 0),    -- how long one stage waits before the next is asked
    stage           INTEGER NOT NULL DEFAULT 0 CHECK (stage BETWEEN 0 AND 3), -- 0: nobody was asked yet
    stage_at        INTEGER NOT NULL,
    next_at         INTEGER,                                  -- when it sounds next; NULL: it is quiet
    sounded         INTEGER NOT NULL DEFAULT 0,
    created_at      INTEGER NOT NULL,
    taken_by        BLOB REFERENCES account (id),             -- who said "I've got this"
    taken_at        INTEGER,
    answered_at     INTEGER,                                  -- when a person first answered or decided
    ended_at        INTEGER,
    outside_help_by BLOB REFERENCES account (id),             -- the lead who recorded that a person called for help
    outside_help_at INTEGER
) STRICT;
CREATE INDEX alarm_due ON alarm (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX alarm_open ON alarm (circle_id, created_at) WHERE ended_at IS NULL;
CREATE INDEX alarm_by_time ON alarm (created_at);

CREATE TRIGGER care_rings AFTER INSERT ON review_item WHEN NEW.lane = 'care' BEGIN
    INSERT INTO alarm (id, circle_id, about_id, triage, clock_ms, stage_at, next_at, created_at)
    SELECT NEW.id, NEW.circle_id, p.author_id, CASE NEW.triage WHEN 'green' THEN 'amber' ELSE NEW.triage END,
           max(NEW.due_at - NEW.created_at, 60000), NEW.created_at, NEW.created_at, NEW.created_at
      FROM post p WHERE p.id = NEW.post_id;
END;
CREATE TRIGGER moved_to_care_rings AFTER UPDATE OF lane ON review_item WHEN NEW.lane = 'care' AND OLD.lane <> 'care'
BEGIN
    INSERT OR IGNORE INTO alarm (id, circle_id, about_id, triage, clock_ms, stage_at, next_at, created_at)
    SELECT NEW.id, NEW.circle_id, p.author_id, CASE NEW.triage WHEN 'green' THEN 'amber' ELSE NEW.triage END,
           max(NEW.due_at - NEW.created_at, 60000), NEW.created_at, NEW.created_at, NEW.created_at
      FROM post p WHERE p.id = NEW.post_id;
END;
-- While a facilitator has an item open to work on it, its alarm sleeps; it wakes when their time is over, or at
-- once when they give it back.
CREATE TRIGGER care_is_claimed AFTER UPDATE OF claimed_by, claimed_until ON review_item
WHEN NEW.lane = 'care' AND NEW.state = 'waiting' AND NEW.claimed_by IS NOT NULL BEGIN
    UPDATE alarm SET taken_by = NEW.claimed_by, next_at = NEW.claimed_until WHERE id = NEW.id AND ended_at IS NULL;
END;
CREATE TRIGGER care_is_given_back AFTER UPDATE OF claimed_by ON review_item
WHEN NEW.lane = 'care' AND NEW.state = 'waiting' AND NEW.claimed_by IS NULL AND OLD.claimed_by IS NOT NULL BEGIN
    UPDATE alarm SET taken_by = NULL, next_at = stage_at WHERE id = NEW.id AND ended_at IS NULL;
END;
CREATE TRIGGER care_is_answered AFTER UPDATE OF state ON review_item
WHEN NEW.lane = 'care' AND OLD.state = 'waiting' AND NEW.state <> 'waiting' BEGIN
    UPDATE alarm
       SET next_at = NULL, ended_at = NEW.decided_at, taken_by = coalesce(taken_by, NEW.decided_by),
           answered_at = CASE NEW.state WHEN 'decided' THEN coalesce(answered_at, NEW.decided_at) ELSE answered_at END
     WHERE id = NEW.id;
END;

-- Crisis is not a violation: what came into the care lane stays there, and nobody returns its text.
CREATE TRIGGER care_stays_care BEFORE UPDATE OF lane ON review_item WHEN OLD.lane = 'care' AND NEW.lane <> 'care'
BEGIN
    SELECT RAISE(ABORT, 'a cry for help stays in the care lane');
END;
CREATE TRIGGER care_is_never_returned BEFORE INSERT ON decision
WHEN NEW.outcome = 'return' AND (NEW.triage <> 'green' OR EXISTS (
    SELECT 1 FROM review_item WHERE post_id = NEW.post_id AND version = NEW.version AND lane = 'care'))
BEGIN
    SELECT RAISE(ABORT, 'a cry for help is never returned');
END;

-- What waits in the care lane from before this step rings too.
INSERT INTO alarm (id, circle_id, about_id, triage, clock_ms, stage_at, next_at, created_at)
SELECT r.id, r.circle_id, p.author_id, CASE r.triage WHEN 'green' THEN 'amber' ELSE r.triage END,
       max(r.due_at - r.created_at, 60000), r.created_at, r.created_at, r.created_at
  FROM review_item r JOIN post p ON p.id = r.post_id WHERE r.lane = 'care' AND r.state = 'waiting';

-- What an author was shown for a text that called for care: the whole page, or a short reminder.
CREATE TABLE care_card (
    post_id    BLOB NOT NULL,
    version    INTEGER NOT NULL,
    account_id BLOB NOT NULL REFERENCES account (id),
    triage     TEXT NOT NULL CHECK (triage IN ('amber', 'red', 'crisis')),
    whole      INTEGER NOT NULL CHECK (whole IN (0, 1)),
    at         INTEGER NOT NULL,
    safe_at    INTEGER, -- when they said "I am safe for now"
    PRIMARY KEY (post_id, version),
    FOREIGN KEY (post_id, version) REFERENCES post_version (post_id, version)
) STRICT, WITHOUT ROWID;
CREATE INDEX care_card_by_account ON care_card (account_id, at);

-- A private conversation between somebody who wrote from a hard place and those who look after their circle.
CREATE TABLE talk (
    id          BLOB PRIMARY KEY CHECK (length(id) = 16),
    circle_id   BLOB NOT NULL REFERENCES circle (id),
    member_id   BLOB NOT NULL REFERENCES account (id),
    post_id     BLOB NOT NULL REFERENCES post (id),   -- what it opened from
    alarm_id    BLOB NOT NULL REFERENCES alarm (id),  -- what rings when nobody answers
    opened_by   BLOB NOT NULL REFERENCES account (id),
    opened_at   INTEGER NOT NULL,
    closed_at   INTEGER,
    closed_by   BLOB REFERENCES account (id),
    last_number INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX talk_open ON talk (circle_id, member_id) WHERE closed_at IS NULL;
CREATE INDEX talk_by_member ON talk (member_id, opened_at);

-- All of it under the member's key, also what facilitators wrote: it goes when the member goes.
CREATE TABLE talk_message (
    talk_id         BLOB NOT NULL REFERENCES talk (id),
    number          INTEGER NOT NULL,
    writer_id       BLOB NOT NULL REFERENCES account (id),
    from_member     INTEGER NOT NULL CHECK (from_member IN (0, 1)),
    folded          INTEGER NOT NULL CHECK (folded IN (0, 1)), -- may hurt its reader
    words_sealed    BLOB NOT NULL,
    idempotency_key TEXT NOT NULL,
    body_hash       BLOB NOT NULL,
    at              INTEGER NOT NULL,
    PRIMARY KEY (talk_id, number),
    UNIQUE (writer_id, idempotency_key),
    CHECK (from_member = 1 OR folded = 0) -- what a facilitator writes passed the screen, or it isn't here
) STRICT;

-- What comes after: asked when due, at most once, and gone after `until`.
CREATE TABLE follow_up (
    id          BLOB PRIMARY KEY CHECK (length(id) = 16),
    kind        TEXT NOT NULL CHECK (kind IN ('author_day', 'author_week', 'circle', 'facilitator')),
    circle_id   BLOB NOT NULL REFERENCES circle (id),
    account_id  BLOB REFERENCES account (id), -- whom it asks; NULL: everybody in the circle
    post_id     BLOB REFERENCES post (id),
    made_at     INTEGER NOT NULL,
    due_at      INTEGER NOT NULL,
    until_at    INTEGER NOT NULL,
    told_at     INTEGER,
    answer      TEXT NOT NULL DEFAULT '' CHECK (answer IN ('', 'better', 'same', 'worse', 'not_now', 'fine', 'talk')),
    helped      TEXT NOT NULL DEFAULT '' CHECK (helped IN ('', 'yes', 'a_little', 'no')),
    answered_at INTEGER,
    CHECK ((account_id IS NULL) = (kind = 'circle'))
) STRICT;
CREATE INDEX follow_up_due ON follow_up (due_at) WHERE told_at IS NULL;
CREATE INDEX follow_up_by_account ON follow_up (account_id, due_at);
CREATE INDEX follow_up_by_circle ON follow_up (circle_id, kind, made_at);

-- Who was there for somebody is offered a pause and somebody to talk to, whatever way their answer took.
CREATE TRIGGER who_was_there_is_asked AFTER UPDATE OF answered_at ON alarm
WHEN OLD.answered_at IS NULL AND NEW.answered_at IS NOT NULL AND NEW.taken_by IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM follow_up f WHERE f.kind = 'facilitator' AND f.account_id = NEW.taken_by AND f.answer = ''
       AND f.until_at > NEW.answered_at) BEGIN
    INSERT INTO follow_up (id, kind, circle_id, account_id, made_at, due_at, until_at)
    VALUES (randomblob(16), 'facilitator', NEW.circle_id, NEW.taken_by, NEW.answered_at, NEW.answered_at,
            NEW.answered_at + 259200000);
END;

-- "I'm worried about someone": for those who look after the circle alone.
CREATE TABLE concern (
    id              BLOB PRIMARY KEY CHECK (length(id) = 16),
    circle_id       BLOB NOT NULL REFERENCES circle (id),
    by_id           BLOB NOT NULL REFERENCES account (id),
    about_id        BLOB NOT NULL REFERENCES account (id),
    post_id         BLOB REFERENCES post (id),
    triage          TEXT NOT NULL CHECK (triage IN ('amber', 'red', 'crisis')),
    clock_ms        INTEGER NOT NULL CHECK (clock_ms > 0),
    words_sealed    BLOB NOT NULL,   -- under the key of the one who worried, and the circle's
    folded          INTEGER NOT NULL CHECK (folded IN (0, 1)),
    state           TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'real', 'not_needed')),
    idempotency_key TEXT NOT NULL,
    body_hash       BLOB NOT NULL,
    made_at         INTEGER NOT NULL,
    answered_by     BLOB REFERENCES account (id),
    answered_at     INTEGER,
    UNIQUE (by_id, idempotency_key),
    CHECK (by_id <> about_id)
) STRICT;
CREATE INDEX concern_by_account ON concern (by_id, made_at);
CREATE TRIGGER a_concern_rings AFTER INSERT ON concern BEGIN
    INSERT INTO alarm (id, circle_id, about_id, triage, clock_ms, stage_at, next_at, created_at)
    VALUES (NEW.id, NEW.circle_id, NEW.about_id, NEW.triage, NEW.clock_ms, NEW.made_at, NEW.made_at, NEW.made_at);
END;

-- What goes out to a webhook or by mail, where the host configured one: that an alarm sounds, never about what.
CREATE TABLE alarm_notice (
    number   INTEGER PRIMARY KEY,
    alarm_id BLOB NOT NULL REFERENCES alarm (id),
    channel  TEXT NOT NULL,
    stage    INTEGER NOT NULL,
    made_at  INTEGER NOT NULL,
    next_at  INTEGER NOT NULL,
    tries    INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX alarm_notice_by_alarm ON alarm_notice (alarm_id);
CREATE INDEX alarm_notice_due ON alarm_notice (next_at);
