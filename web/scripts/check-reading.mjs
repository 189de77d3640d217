// Every sentence of the pages is short and plain: Flesch-Kincaid grade at most 6 on each page, no exclamation
// marks, none of the words that blame or that only programs say. What the server says beside the templates is read
// too: its pages, its answers, the ready words and the reasons of the rules. The rules are in README.md.
import { files, read } from "./files.mjs";

const blaming = /\b(violation|flagged|inappropriate|denied|rejected|submit|invalid|committed suicide|triggered|victim|strike|offender)\b/i;
const of_programs = /\b(soon|user|content|bytes|UTF)\b/i;
const syllables = (word) => Math.max(1, (word.toLowerCase().replace(/e$/, "").match(/[aeiouy]+/g) ?? []).length);
const complaints_about = (text, never = [blaming, of_programs]) => never.flatMap((words) => (words.test(text) ? [`the word "${words.exec(text)[0]}"`] : [])).concat(text.includes("!") ? ["an exclamation mark"] : []);

/** The string literals of C++, those that stand side by side joined; only what has two words in a row is said to people. */
function sentences_in(source) {
  const token = /\/\/[^\n]*|\/\*[^]*?\*\/|'(?:\\.|[^'\\\n])'|R"(\w*)\(([^]*?)\)\1"|"((?:\\.|[^"\\\n])*)"/g;
  const made = [];
  let end = -1;
  for (const found of source.matchAll(token)) {
    const literal = found[3] ?? found[2];
    if (literal === undefined) continue;
    const goes_on = end >= 0 && /^\s*$/.test(source.slice(end, found.index));
    if (goes_on) made[made.length - 1] += literal;
    else made.push(literal);
    end = found.index + found[0].length;
  }
  return made.map((one) => one.replace(/\\"/g, '"').replace(/<[^>]*>/g, " ")).filter((one) => /[a-z]{2,} [a-z]{2,}/i.test(one) && !/^[A-Z]+ .*\b(FROM|INTO|WHERE|SET)\b/.test(one));
}
const reasons_in = (source) => [...source.matchAll(/^reason = "((?:\\.|[^"\\])*)"/gm)].map((found) => found[1]);

let failed = 0;
const complain = (where, what) => {
  console.error(`${where}: ${what}`);
  failed += 1;
};
for (const path of files("web/templates/", ".html")) {
  const text = read(path).replace(/<(script|style)[^>]*>.*?<\/\1>/gs, " ").replace(/<(?:!doctype|[^>]+)>/gi, (tag) => (/^<\/(p|li|h\d|label|summary|button|a|option|legend|span)>$/.test(tag) ? ". " : " ")).replace(/\{\{\{?[^}]*\}?\}\}/g, " ");
  const sentences = text.split(/[.?:]+\s/).map((one) => one.match(/[A-Za-z']+/g) ?? []).filter((words) => words.length > 2);
  const words = sentences.flat();
  for (const complaint of complaints_about(text)) complain(path, complaint);
  if (words.length <= 30) continue;
  const grade = 0.39 * (words.length / sentences.length) + 11.8 * (words.reduce((sum, word) => sum + syllables(word), 0) / words.length) - 15.59;
  if (grade > 6) complain(path, `grade ${grade.toFixed(1)}, at most 6`);
}
const said = [
  ...[...files("server/pages/", ".cpp"), ...files("server/app/", ".cpp"), "server/http/problem.cpp"].map((path) => [path, sentences_in(read(path))]),
  ...[...files("moderation/policies/", ".toml"), ...files("moderation/lexicon/", ".toml")].map((path) => [path, reasons_in(read(path)), [blaming]]), // "soon" is what somebody wrote, not what we promise
  ["web/content/reasons.json", JSON.parse(read("web/content/reasons.json")).map((one) => one.words)],
];
for (const [path, sentences, never] of said) {
  for (const sentence of sentences) for (const complaint of complaints_about(sentence, never)) complain(path, `${complaint} in "${sentence.slice(0, 80)}"`);
}
const counted = said.reduce((sum, [, sentences]) => sum + sentences.length, 0);
if (counted < 200) complain("check-reading", `found only ${counted} sentences outside the templates`);
console.log(`reading: ${failed} complaints, ${counted} sentences outside the templates`);
process.exit(failed ? 1 : 0);
