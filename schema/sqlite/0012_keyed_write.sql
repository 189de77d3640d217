-- Writes that make no row which could keep their key (words to an appeal, a note, times on the rota): that they were
-- done, so that one that is sent again is not done twice.
CREATE TABLE keyed_write (
    account_id      BLOB NOT NULL REFERENCES account (id), -- who did it
    idempotency_key TEXT NOT NULL,
    body_hash       BLOB NOT NULL, -- keyed hash of the request, to tell a retry from another one
    PRIMARY KEY (account_id, idempotency_key)
) STRICT, WITHOUT ROWID;
