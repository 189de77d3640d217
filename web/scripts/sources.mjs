// Every word of ours that people read, with the place where it stands: templates, what the server says, the reasons
// of the rules, ready words, help lines, scripts.
import { files, read } from "./files.mjs";
import { counted, literals_in, said, unquoted } from "./locales.mjs";
import { attributes_of, has_words, units_of } from "./units.mjs";

const literal = /"(?:[^"\\\n]|\\.)*"(?:\s*"(?:[^"\\\n]|\\.)*")*/g;
const whole = (group) => literals_in(group).join("");
const is_sentence = (text) => /^[A-Z].*[a-z] [a-z].*[.?…]$/s.test(text);
const is_said = (text, all) => (all ? /\p{L}{2}/u.test(text) && !/[._]/.test(text.replace(/[.?]$/, "").replace(/\. /g, "")) : /^\p{Lu}|\p{L}[,.]? \p{L}/u.test(text));

/** From an opening bracket to its partner, strings and all. */
function bracketed(source, open) {
  let depth = 0;
  for (let at = open; at < source.length; ++at) {
    if (source[at] === '"') at += /^"(?:[^"\\]|\\.)*"/.exec(source.slice(at))[0].length - 1;
    else if ("({[".includes(source[at])) ++depth;
    else if (")}]".includes(source[at]) && --depth === 0) return source.slice(open + 1, at);
  }
  return "";
}
/** What stands in a call itself: neither in the calls and the values inside it. */
function without_inner(text) {
  let made = "";
  for (let at = 0; at < text.length; ++at) {
    const quoted = text[at] === '"' ? /^"(?:[^"\\]|\\.)*"/.exec(text.slice(at))[0] : "";
    if (quoted) made += quoted;
    else if ("({[".includes(text[at])) at += bracketed(text, at).length + 1;
    else made += text[at];
    if (quoted) at += quoted.length - 1;
  }
  return made;
}
/** say("…"), say(so ? "…" : "…"), say_count(n, "one", "many"); tables after a line "// said"; sentences of errors. */
function phrases_in(path) {
  const source = read(path);
  const made = [];
  const counted_ones = new Set();
  for (const found of source.matchAll(/\bsay(_count)?\(/g)) {
    const inside = without_inner(bracketed(source, found.index + found[0].length - 1));
    const words = [...inside.matchAll(literal)].map((one) => whole(one[0])).filter((one) => /\p{L}/u.test(one));
    if (found[1]) {
      made.push({ source: words[1], one: words[0] });
      counted_ones.add(words[0]).add(words[1]);
    }
    else made.push(...words.map((one) => ({ source: one })));
  }
  for (const found of source.matchAll(/^.*\/\/ said( all)?$/gm)) {
    const before = found[0].slice(0, found[0].lastIndexOf("//"));
    const from = found.index + found[0].length;
    const table = before.trim() ? before : source.slice(from, from + /\n\s*(?=$)|[^]*?\};|[^]*?;\n/.exec(source.slice(from))[0].length);
    for (const one of table.matchAll(literal)) if (is_said(whole(one[0]), Boolean(found[1]))) made.push({ source: whole(one[0]) });
  }
  const plain = source.replace(/\/\/[^\n]*/g, (text) => " ".repeat(text.length));
  for (const found of plain.matchAll(literal)) {
    const statement = plain.slice(Math.max(plain.lastIndexOf(";", found.index), 0), found.index);
    if (is_sentence(whole(found[0])) && !counted_ones.has(whole(found[0])) && !/\b(throw|log::)/.test(statement)) made.push({ source: whole(found[0]) });
  }
  return made;
}
function help_lines_in(path) {
  const { name, lines } = JSON.parse(read(path));
  return [name, ...lines.flatMap((line) => [line.for, line.hours, ...(line.kind === "emergency" ? [line.name] : []), ...line.ways.map((way) => way.words)])];
}
const reasons_in = (path) => [...read(path).matchAll(/^(?:reason|why) = "((?:[^"\\]|\\.)*)"/gm)].map((found) => unquoted(found[1]));
function script_in(path) {
  const source = read(path);
  return [...[...source.matchAll(said)].map((found) => ({ source: unquoted(found[1]) })), ...[...source.matchAll(counted)].map((found) => ({ source: unquoted(found[3]), one: unquoted(found[2]) }))];
}

/** All of them: source → {source, places, one?}; `one` when it has a number in it. */
export function all_sources() {
  const made = new Map();
  const add = (place, one) => {
    const known = made.get(one.source) ?? { ...one, places: [] };
    known.one ??= one.one;
    known.places.push(place);
    if (has_words(one.source)) made.set(one.source, known);
  };
  for (const path of files("web/templates/", ".html")) {
    const html = read(path);
    for (const source of [...units_of(html).map((unit) => unit.source), ...attributes_of(html)]) add(path, { source });
  }
  const screen = files("moderation/", ".cpp").filter((path) => !path.startsWith("moderation/training/"));
  for (const path of [...files("server/pages/", ".cpp"), ...files("server/pages/", ".hpp"), ...files("server/app/", ".cpp"), ...files("server/app/", ".hpp"), ...screen]) for (const one of phrases_in(path)) add(path, one);
  for (const found of read("server/http/problem.cpp").matchAll(/"\/problems\/[^"]*",\s*"([^"]*)"/g)) add("server/http/problem.cpp", { source: found[1] });
  for (const path of [...files("moderation/policies/", ".toml"), ...files("moderation/lexicon/", ".toml")]) for (const source of reasons_in(path)) add(path, { source });
  for (const one of JSON.parse(read("web/content/reasons.json"))) for (const source of [one.title, one.words, /\{(.*)\}/.exec(one.words)[1]]) add("web/content/reasons.json", { source });
  for (const path of files("web/content/help-lines/", ".json")) for (const source of help_lines_in(path)) add(path, { source });
  for (const path of files("web/src/", ".ts")) for (const one of script_in(path)) add(path, one);
  return made;
}
