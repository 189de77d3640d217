// Every sentence of the pages is short and plain: Flesch-Kincaid grade at most 6 on each page, no exclamation
// marks, none of the words that blame. The rules and their sources are in README.md.
import { readdirSync, readFileSync } from "node:fs";

const folder = new URL("../templates/", import.meta.url);
const forbidden = /\b(violation|flagged|inappropriate|denied|rejected|submit|invalid|committed suicide|triggered|victim)\b/i;
const syllables = (word) => Math.max(1, (word.toLowerCase().replace(/e$/, "").match(/[aeiouy]+/g) ?? []).length);
let failed = 0;
for (const name of readdirSync(folder)) {
  const text = readFileSync(new URL(name, folder), "utf8").replace(/<(script|style)[^>]*>.*?<\/\1>/gs, " ").replace(/<\/(p|li|h\d|label|summary|button|a|option|legend|span)>/g, ". ").replace(/<[^>]+>/g, " ").replace(/\{\{\{?[^}]*\}?\}\}/g, " ");
  const sentences = text.split(/[.?:]+\s/).map((one) => one.match(/[A-Za-z']+/g) ?? []).filter((words) => words.length > 2);
  const words = sentences.flat();
  const complaints = [];
  if (/!/.test(text)) complaints.push("an exclamation mark");
  if (forbidden.test(text)) complaints.push(`the word "${forbidden.exec(text)[0]}"`);
  if (words.length > 30) {
    const grade = 0.39 * (words.length / sentences.length) + 11.8 * (words.reduce((sum, word) => sum + syllables(word), 0) / words.length) - 15.59;
    if (grade > 6) complaints.push(`grade ${grade.toFixed(1)}, at most 6`);
  }
  for (const complaint of complaints) {
    console.error(`${name}: ${complaint}`);
    failed += 1;
  }
}
// What people may send as ready words, read the same way.
for (const { id, words } of JSON.parse(readFileSync(new URL("../content/reasons.json", import.meta.url), "utf8"))) {
  if (!/!/.test(words) && !forbidden.test(words)) continue;
  console.error(`reasons.json, ${id}: a mark or a word that we don't use`);
  failed += 1;
}
console.log(`reading: ${failed} complaints`);
process.exit(failed ? 1 : 0);
