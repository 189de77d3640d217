-- How many posts of a thread are seen was asked of the view, post by post: a reply took longer the longer its thread.
-- `counts` only speeds up that number; what is read goes by the view alone.
ALTER TABLE post ADD COLUMN counts INTEGER NOT NULL DEFAULT 0 CHECK (counts IN (0, 1)); -- set by the trigger below
UPDATE post SET counts = 1 WHERE id IN (SELECT id FROM let_through_post);
CREATE INDEX post_counted ON post (thread_id) WHERE counts = 1 AND removed_at IS NULL;

DROP TRIGGER decision_counts;
CREATE TRIGGER decision_counts AFTER INSERT ON decision BEGIN
    UPDATE post_version SET decision_number = NEW.number
     WHERE post_id = NEW.post_id AND version = NEW.version AND decision_number IS NOT NEW.number;
    UPDATE post SET shown_version = NEW.version, counts = 1
     WHERE id = NEW.post_id AND NEW.outcome IN ('publish', 'fold')
       AND (shown_version IS NULL OR shown_version <= NEW.version);
    UPDATE post SET counts = 0
     WHERE id = NEW.post_id AND NEW.outcome NOT IN ('publish', 'fold') AND shown_version = NEW.version;
END;

-- Found at once also for somebody who was shown many short reminders since.
CREATE INDEX care_card_whole ON care_card (account_id, at) WHERE whole = 1;
