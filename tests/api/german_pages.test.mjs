// Every page of one's own space in German, with something of each kind on it: no English sentence of ours is left.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { english_in, english_of, said_on } from "../english.mjs";
import { everything, own_pages } from "../everything.mjs";
import { place } from "../harness.mjs";

let here;
before(async () => (here = await place({ config: '[limits]\nenabled = false\n[people]\ncountry = "de"\n', circle: { name: "Offene Tür", purpose: "Ein Ort.", agreement: "Sei freundlich." } })));
after(() => here.server.stop());

test("no page of one's own space, of tools or of what is shared has an English sentence of ours on it", async () => {
  const ids = await everything(here);
  const english = english_of("de");
  const left = [];
  let seen = 0;
  const look = async (who, path) => {
    const answer = await here.server.ask("GET", path, { token: who?.token, headers: { "accept-language": "de" } });
    if (answer.status !== 200 || !/text\/html/.test(answer.headers.get("content-type"))) return answer.status;
    for (const text of english_in(said_on(answer.text), english)) left.push(`${path.replace(/[0-9a-f]{32,}/, "ID")}: ${text}`);
    seen += 1;
    return 200;
  };
  const english_page = await here.server.ask("GET", "/me/moods", { token: here.member.token });
  assert.ok(english_in(said_on(english_page.text), english).length > 10, "English words are found where there are some");
  const opened = new Map();
  for (const { pattern, path } of own_pages(here, ids)) for (const who of [here.member, here.other]) opened.set(pattern, [...(opened.get(pattern) ?? []), await look(who, path)]);
  for (const [pattern, answers] of opened) assert.ok(answers.includes(200), `${pattern}: ${answers}`);
  const failed = await here.server.ask("POST", "/me/journal", { body: "text=Der+Regen", headers: { "content-type": "application/x-www-form-urlencoded", "accept-language": "de" } });
  left.push(...english_in(said_on(failed.text), english));
  assert.deepEqual([...new Set(left)], []);
  assert.ok(seen > 80, String(seen));
});
