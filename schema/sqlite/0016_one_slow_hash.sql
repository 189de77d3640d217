-- Who signs in proves it by opening their own key (member_key), which also needs the host key. A hash of the passphrase
-- beside it would let who has this file alone try passphrases. Every account has had such a key since 0004.
ALTER TABLE account DROP COLUMN passphrase_hash;
