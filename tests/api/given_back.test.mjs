// A form that does not get through comes back with its words, to be sent once more.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Server, place } from "../harness.mjs";

let here;
before(async () => (here = await place()));
after(() => here.server.stop());

const typed = "The rain stopped <at last>.\r\nI opened the window & stayed.";
const fields = { kind: "free", key: "k1", text: typed };
const send = (path, body, { headers, ...more } = {}) => here.server.ask("POST", path, { body: new URLSearchParams(body).toString(), headers: { "content-type": "application/x-www-form-urlencoded", ...headers }, ...more });

test("without a session: the words to see, the rest to go with them, the way in, and the same place to send them to", async () => {
  const answer = await send("/me/journal?from=here", fields);
  assert.equal(answer.status, 401);
  assert.equal(answer.headers.get("cache-control"), "no-store");
  assert.match(answer.text, /<form method="post" action="\/me\/journal\?from=here"/);
  assert.match(answer.text, /<textarea[^>]*name="text"[^>]*>\s*The rain stopped &lt;at last&gt;\.\r\nI opened the window &amp; stayed\.<\/textarea>/);
  assert.match(answer.text, /<input type="hidden" name="key" value="k1">/);
  assert.match(answer.text, /href="\/sign-in" target="_blank"/);
  assert.doesNotMatch(answer.text, /go back in your browser/);
});

test("where it is of no use to send them again, the words are there to copy", async () => {
  const gone = await send(`/me/journal/${"0".repeat(32)}`, { ...fields, based_on: "1" }, { token: here.member.token });
  assert.equal(gone.status, 404);
  assert.ok(gone.text.includes("The rain stopped") && !gone.text.includes("Send them again"));
});

test("being asked to wait gives them back too", async () => {
  const tight = await Server.start({ config: "[limits]\nwrites_per_second = 0.01\nwrites_at_once = 1\n" });
  try {
    const who = await tight.join("Juniper");
    const again = () => tight.ask("POST", "/me/journal", { token: who.token, body: new URLSearchParams(fields).toString(), headers: { "content-type": "application/x-www-form-urlencoded" } });
    await again();
    const answer = await again();
    assert.equal(answer.status, 429);
    assert.ok(answer.text.includes("The rain stopped") && answer.text.includes("Send them again"));
  } finally {
    await tight.stop();
  }
});

test("nothing comes back of a passphrase or a code, of what another site sent, or of more than a form holds", async () => {
  for (const secret of ["passphrase", "new_passphrase", "recovery_code", "code"])
    assert.ok(!(await send("/me/journal", { ...fields, [secret]: "seven quiet lanterns" })).text.includes("lanterns"), secret);
  const elsewhere = await send("/me/journal", fields, { headers: { origin: "https://elsewhere.example" } });
  assert.equal(elsewhere.status, 403);
  assert.ok(!elsewhere.text.includes("The rain stopped"));
  assert.ok(!(await send("/me/journal", { ...fields, text: "The rain stopped. I opened the window. ".repeat(8_000) })).text.includes("The rain stopped"));
});
