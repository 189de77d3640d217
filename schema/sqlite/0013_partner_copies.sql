-- A copy of what a goal says is found by the thread that it stands in, without a look at all that was said around it.
ALTER TABLE partner_text ADD COLUMN copy_in BLOB REFERENCES thread (id); -- NULL: said to the other one
UPDATE partner_text SET copy_in = (SELECT thread_id FROM post WHERE id = partner_text.post_id)
 WHERE kind IN ('goal', 'steps', 'tries');
CREATE INDEX partner_copy ON partner_text (copy_in, kind) WHERE copy_in IS NOT NULL;
