// Every word of ours is there in each language; nothing is translated that isn't said any more; what has values, tags or
// numbers has them in each language. What German lacks for a while stands in locales/missing-de.txt, what Arabic lacks in
// missing-ar.txt: they may only get shorter.
import { existsSync, readFileSync } from "node:fs";
import { languages, plural_forms, words_of } from "./locales.mjs";
import { all_sources } from "./sources.mjs";

const lines_of = (name) => {
  const path = new URL(`../locales/${name}`, import.meta.url);
  return existsSync(path) ? readFileSync(path, "utf8").split("\n").filter((line) => line && !line.startsWith("#")) : [];
};
const sources = all_sources();
let failed = 0;
const complain = (language, what, source) => {
  console.error(`${language}: ${what}: ${source}`);
  failed += 1;
};
const held = (text) => new Set(text.match(/\{\{\{?[^}]*\}?\}\}|<\/?[a-z0-9]+\/?>|\{[^{}]+\}/g) ?? []);
const same = (one, other) => one.size === other.size && [...one].every((part) => other.has(part));
/** Tags and sections close in the order in which they were opened. */
function is_nested(text) {
  const open = [];
  for (const [, closes, tag, alone, kind, section] of text.matchAll(/<(\/?)([a-z0-9]+)(\/?)>|\{\{([#^/])([^}]*)\}\}/g)) {
    const name = tag ?? section;
    if (alone) continue;
    if (closes || kind === "/") {
      if (open.pop() !== name) return false;
    } else open.push(name);
  }
  return open.length === 0;
}
function check_words(language, key, source, translated, may_miss) {
  const [wanted, given] = [held(source), held(translated)];
  if (may_miss) wanted.delete("{count}") && given.delete("{count}");
  if (!translated) complain(language, "empty", key);
  if (!same(wanted, given)) complain(language, "other values or tags than in English", key);
  if (!is_nested(translated)) complain(language, "tags that don't close", key);
  if (translated.includes("!")) complain(language, "an exclamation mark", key);
}
/** The keys of a source in a language, and whether each may leave its number out. */
const keys_of = (language, { source, one }) => (one ? plural_forms(language).map((form) => [`${source}_${form}`, ["zero", "one", "two"].includes(form)]) : [[source, false]]);

for (const language of languages.slice(1)) {
  const words = words_of(language);
  const known = new Set();
  const missing = [];
  for (const said of sources.values()) {
    const keys = keys_of(language, said);
    if (keys.some(([key]) => words[key] === undefined)) missing.push(said);
    for (const [key, may_miss] of keys) {
      if (words[key] === undefined) continue;
      known.add(key);
      check_words(language, key, said.source, words[key], may_miss);
    }
    for (const place of said.places) {
      const key = `${/templates\/(?:.*\/)?(.*)\.html/.exec(place)?.[1]}: ${said.source}`;
      if (words[key] === undefined) continue;
      known.add(key);
      check_words(language, key, said.source, words[key], false);
    }
  }
  for (const key of Object.keys(words)) if (!known.has(key)) complain(language, "said no more", key);
  const allowed = new Set(lines_of(`missing-${language}.txt`));
  for (const said of missing) if (!allowed.has(said.source)) complain(language, `missing (${said.places[0]})`, said.source);
  for (const source of allowed) if (!missing.some((said) => said.source === source)) complain(language, "in the list of what is missing, and isn't", source);
  console.log(`locales: ${language} has ${sources.size - missing.length} of ${sources.size}`);
}
process.exit(failed ? 1 : 0);
