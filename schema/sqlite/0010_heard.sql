-- A cry for help is heard wherever it stands: in an application, in a report, in asking for another look. It rings
-- like a worry, as one's own words about oneself.
CREATE TABLE concern_of_anybody (
    id              BLOB PRIMARY KEY CHECK (length(id) = 16),
    circle_id       BLOB NOT NULL REFERENCES circle (id),
    by_id           BLOB NOT NULL REFERENCES account (id),
    about_id        BLOB NOT NULL REFERENCES account (id), -- the same account: whose own words these are
    post_id         BLOB REFERENCES post (id),
    triage          TEXT NOT NULL CHECK (triage IN ('amber', 'red', 'crisis')),
    clock_ms        INTEGER NOT NULL CHECK (clock_ms > 0),
    words_sealed    BLOB NOT NULL,   -- under the key of the one who wrote them, and the circle's
    folded          INTEGER NOT NULL CHECK (folded IN (0, 1)),
    state           TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'real', 'not_needed')),
    idempotency_key TEXT NOT NULL,
    body_hash       BLOB NOT NULL,
    made_at         INTEGER NOT NULL,
    answered_by     BLOB REFERENCES account (id),
    answered_at     INTEGER,
    UNIQUE (by_id, idempotency_key)
) STRICT;
INSERT INTO concern_of_anybody
SELECT id, circle_id, by_id, about_id, post_id, triage, clock_ms, words_sealed, folded, state, idempotency_key, body_hash,
       made_at, answered_by, answered_at FROM concern;
DROP TABLE concern;
ALTER TABLE concern_of_anybody RENAME TO concern;
CREATE INDEX concern_by_account ON concern (by_id, made_at);
CREATE TRIGGER a_concern_rings AFTER INSERT ON concern BEGIN
    INSERT INTO alarm (id, circle_id, about_id, triage, clock_ms, stage_at, next_at, created_at)
    VALUES (NEW.id, NEW.circle_id, NEW.about_id, NEW.triage, NEW.clock_ms, NEW.made_at, NEW.made_at, NEW.made_at);
END;
