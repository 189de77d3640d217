-- A space of one's own: what is sealed to the member, so that nobody else can open it, the host included.

-- A member's own key, wrapped twice. What wraps it is never stored: Argon2id of the passphrase, and a
-- recovery code on paper. Losing both loses what the key opens. Absent until the first sign-in after joining
-- before there was one.
CREATE TABLE member_key (
    account_id           BLOB PRIMARY KEY REFERENCES account (id),
    salt                 BLOB NOT NULL,   -- for Argon2id
    by_passphrase_sealed BLOB NOT NULL,
    by_code_sealed       BLOB             -- NULL: no recovery code was made yet
) STRICT, WITHOUT ROWID;

-- The same key under one made from the session's token, of which only a hash is kept: it opens while signed in.
ALTER TABLE session ADD COLUMN key_sealed BLOB;

-- Private writing. Times, titles and everything else that tells of a life are inside the seal: what can be
-- read here is how many of which kind a member has, how often each was changed, and its length in steps of 256 bytes.
CREATE TABLE private_record (
    id         BLOB PRIMARY KEY CHECK (length(id) = 16),
    account_id BLOB NOT NULL REFERENCES account (id),
    kind       TEXT NOT NULL              -- 'journal', 'mood', 'plan', 'card', 'goal', 'story'
) STRICT, WITHOUT ROWID;
CREATE INDEX private_record_by_account ON private_record (account_id, kind);

CREATE TABLE private_version (
    record_id   BLOB NOT NULL REFERENCES private_record (id),
    version     INTEGER NOT NULL CHECK (version >= 1),
    body_sealed BLOB NOT NULL,            -- under the member's key
    PRIMARY KEY (record_id, version)
) STRICT;
