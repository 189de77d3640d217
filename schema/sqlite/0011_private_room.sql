-- How much room a member's private writing takes, all kinds and versions together: its length was readable before.
-- Kept by the schema itself, since adding it up anew for each save takes longer the more somebody wrote.
CREATE TABLE private_room (
    account_id BLOB PRIMARY KEY REFERENCES account (id),
    bytes      INTEGER NOT NULL CHECK (bytes >= 0) -- of what is sealed
) STRICT, WITHOUT ROWID;
INSERT INTO private_room
SELECT r.account_id, sum(length(v.body_sealed))
FROM private_version v JOIN private_record r ON r.id = v.record_id
GROUP BY r.account_id;

CREATE TRIGGER a_version_takes_room AFTER INSERT ON private_version BEGIN
    INSERT INTO private_room (account_id, bytes)
    SELECT account_id, length(NEW.body_sealed) FROM private_record WHERE id = NEW.record_id
    ON CONFLICT (account_id) DO UPDATE SET bytes = bytes + excluded.bytes;
END;
CREATE TRIGGER a_version_gives_room_back AFTER DELETE ON private_version BEGIN
    UPDATE private_room SET bytes = bytes - length(OLD.body_sealed)
    WHERE account_id = (SELECT account_id FROM private_record WHERE id = OLD.record_id);
END;
