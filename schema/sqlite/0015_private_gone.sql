-- A key that began a private record stays used after the record was deleted, so that a request which is sent again
-- brings nothing back. An id says nothing about what it named: it is a keyed hash under the member's own key.
CREATE TABLE private_gone (
    account_id BLOB NOT NULL REFERENCES account (id),
    id         BLOB NOT NULL CHECK (length(id) = 16),
    PRIMARY KEY (account_id, id)
) STRICT, WITHOUT ROWID;
