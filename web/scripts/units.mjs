// The words of a template, in units that can be translated: a whole sentence with the tags and the {{values}}
// inside it, or the words of an attribute. A unit is the smallest part that has words of its own; it never goes
// over the edge of a paragraph, an item, a button.
const inline = new Set(["a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "del", "em", "i", "ins", "kbd", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr"]);
const empty = new Set(["br", "wbr"]);
const spoken = /\b(aria-label|title|placeholder|alt)="([^"]*)"/g;
const token = /(<!--[^]*?-->|<pre[ >][^]*?<\/pre>)|(\{\{\{[^}]*\}\}\}|\{\{[^}]*\}\})|(<!?\/?[a-z](?:"[^"]*"|[^">])*>)/gi;
const bare = (text) => text.replace(/\{\{\{?[^}]*\}?\}\}/g, " ").replace(/<[^>]*>/g, " ").replace(/&[a-z]+;/g, " ");
/** Whether there is anything to translate: letters, and more than our own name. */
export const has_words = (text) => /\p{L}/u.test(bare(text).replace(/\bHoldfast\b/g, ""));
export const tidy = (text) => text.replace(/\s+/g, " ").trim();

function tokens_of(html) {
  const made = [];
  let at = 0;
  const push_text = (end) => end > at && made.push({ kind: "text", raw: html.slice(at, end), at });
  for (const found of html.matchAll(token)) {
    push_text(found.index);
    const raw = found[0];
    const name = found[1] ? "" : /^<\/?([a-z0-9]+)/i.exec(raw)?.[1].toLowerCase();
    const one = { raw, at: found.index };
    if (found[2]) {
      const opens = /^\{\{[#^]\s*(.+?)\s*\}\}$/.exec(raw);
      const closes = /^\{\{\/\s*(.+?)\s*\}\}$/.exec(raw);
      Object.assign(one, opens ? { kind: "open", name: `{{${opens[1]}` } : closes ? { kind: "close", name: `{{${closes[1]}` } : { kind: "value" });
    } else if (!inline.has(name)) one.kind = "edge";
    else one.kind = empty.has(name) ? "value" : raw.startsWith("</") ? "close" : "open";
    if (name && one.kind !== "edge") one.name = `<${name}`;
    made.push(one);
    at = found.index + raw.length;
  }
  push_text(html.length);
  return made;
}

/** Tells each opening token its partner; gives back those that have none among these. */
function pair(tokens) {
  const stack = [];
  const alone = new Set();
  for (const one of tokens) {
    delete one.partner;
    if (one.kind === "open") stack.push(one);
    if (one.kind !== "close") continue;
    if (!stack.some((open) => open.name === one.name)) {
      alone.add(one);
      continue;
    }
    while (stack.at(-1).name !== one.name) alone.add(stack.pop());
    stack.pop().partner = one;
  }
  for (const one of stack) alone.add(one);
  return alone;
}
function pieces_between(tokens, is_edge) {
  const made = [[]];
  for (const one of tokens) {
    if (is_edge(one)) made.push([]);
    else made.at(-1).push(one);
  }
  return made.filter((piece) => piece.length > 0);
}
function runs_in(tokens) {
  const alone = pair(tokens);
  if (alone.size === 0) return [tokens];
  return pieces_between(tokens, (one) => alone.has(one)).flatMap(runs_in);
}
function units_in(run) {
  const inside = [];
  let has_own_words = false;
  for (let at = 0; at < run.length; ++at) {
    const one = run[at];
    if (one.kind === "text" && has_words(one.raw)) has_own_words = true;
    if (one.kind !== "open") continue;
    const end = run.indexOf(one.partner, at);
    inside.push(run.slice(at + 1, end));
    at = end;
  }
  return has_own_words ? [run] : inside.flatMap(units_in);
}

/** A unit as translators see it: tags with attributes become <1>…</1>, in the order in which they stand. */
function source_of(run) {
  const tags = [];
  const closing = new Map();
  const source = run.map((one) => {
    if (!one.raw.startsWith("<")) return one.raw;
    if (closing.has(one)) return closing.get(one);
    if (!/\s/.test(one.raw)) return one.raw;
    const number = tags.push({ open: one.raw, close: one.partner?.raw ?? "" });
    if (!one.partner) return `<${number}/>`;
    closing.set(one.partner, `</${number}>`);
    return `<${number}>`;
  });
  return { source: tidy(source.join("")), tags };
}

/** All units of a template: {source, start, end, put}, where put(translated) gives back the HTML. */
export function units_of(html) {
  const made = [];
  const tokens = tokens_of(html);
  const runs = pieces_between(tokens, (one) => one.kind === "edge").flatMap(runs_in);
  for (const unit of runs.flatMap(units_in)) {
    const { source, tags } = source_of(unit);
    const end = unit.at(-1).at + unit.at(-1).raw.length;
    const whole = html.slice(unit[0].at, end);
    const [before, after] = [/^\s*/.exec(whole)[0], /\s*$/.exec(whole)[0]];
    const put = (translated) => before + translated.replace(/<(\/?)(\d+)(\/?)>/g, (_, closes, number) => (closes ? tags[number - 1].close : tags[number - 1].open)) + after;
    made.push({ source, start: unit[0].at, end, put });
  }
  return made;
}
/** The words of attributes, in the order in which they stand. */
export const attributes_of = (html) => [...html.matchAll(spoken)].map((found) => found[2]).filter(has_words).map(tidy);

/** The template in another language. `say(source)` gives the translation, or undefined where there is none. */
export function translated(html, say) {
  const named = html.replace(spoken, (whole, name, words) => (has_words(words) ? `${name}="${(say(tidy(words)) ?? words).replaceAll('"', "&quot;")}"` : whole));
  let made = "";
  let at = 0;
  for (const unit of units_of(named).sort((one, other) => one.start - other.start)) {
    const words = say(unit.source);
    if (words === undefined) continue;
    made += named.slice(at, unit.start) + unit.put(words);
    at = unit.end;
  }
  return made + named.slice(at);
}
