-- Who signs in proves it by opening their own key (member_key), which also needs the host key. A hash of the passphrase
-- beside it would let who has this file alone try passphrases. Who joined has had such a key since 0004, which is older
-- than the first release.
ALTER TABLE account DROP COLUMN passphrase_hash;
