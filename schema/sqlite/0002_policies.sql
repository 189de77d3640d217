-- The texts of policies, so that what a decision's "policy" names can be read years later.

-- A host's policies that ever decided, by the id that decisions name. The same id never means two texts.
CREATE TABLE policy_version (
    id            TEXT PRIMARY KEY, -- "name/version"
    hash          BLOB NOT NULL,    -- BLAKE2b of the text
    text          TEXT NOT NULL,    -- TOML, as schema/policy.md says
    first_used_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- A circle's own policies, which lie on top of the host's and only tighten. People wrote them: sealed.
CREATE TABLE circle_policy (
    circle_id   BLOB NOT NULL REFERENCES circle (id),
    id          TEXT NOT NULL,    -- "name/version", unique in its circle
    hash        BLOB NOT NULL,    -- keyed hash of the text
    text_sealed BLOB NOT NULL,    -- under the circle's key
    set_by      BLOB NOT NULL REFERENCES account (id),
    set_at      INTEGER NOT NULL,
    in_use      INTEGER NOT NULL CHECK (in_use IN (0, 1)),
    PRIMARY KEY (circle_id, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX circle_policy_in_use ON circle_policy (circle_id) WHERE in_use = 1;
