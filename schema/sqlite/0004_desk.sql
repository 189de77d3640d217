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
