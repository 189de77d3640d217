// The words of each language, web/locales: from the English to the other, sentence by sentence. A phrase with a number
// in it has one entry a plural form, "{count} posts_one". "duty: To" holds for the template duty alone, where the
// same English word means something else.
import { readFileSync } from "node:fs";
import { translated } from "./units.mjs";

const folder = new URL("../locales/", import.meta.url);
export const languages = ["en", "de", "ar"];
export const right_to_left = new Set(["ar"]);
export const words_of = (language) => (language === "en" ? {} : JSON.parse(readFileSync(new URL(`${language}.json`, folder), "utf8")));
export const plural_forms = (language) => new Intl.PluralRules(language).resolvedOptions().pluralCategories;

const literal = /"((?:[^"\\]|\\.)*)"/g;
export const said = /\bsay\(\s*"((?:[^"\\]|\\.)*)"/g;
export const counted = /\bsayCount\(([^,]+), \{ one: "((?:[^"\\]|\\.)*)", other: "((?:[^"\\]|\\.)*)" \}/g;
export const unquoted = (text) => text.replace(/\\(.)/g, (_, sign) => ({ n: "\n", t: "\t" })[sign] ?? sign);
export const literals_in = (text) => [...text.matchAll(literal)].map((found) => unquoted(found[1]));

/** A script with its words in another language. */
export function in_script(source, words) {
  const forms_of = (english) => Object.fromEntries(Object.keys(words).filter((key) => key.startsWith(`${english}_`)).map((key) => [key.slice(english.length + 1), words[key]]));
  return source
    .replace(said, (whole, english) => (words[unquoted(english)] === undefined ? whole : `say(${JSON.stringify(words[unquoted(english)])}`))
    .replace(counted, (whole, count, _, many) => (forms_of(unquoted(many)).other === undefined ? whole : `sayCount(${count}, ${JSON.stringify(forms_of(unquoted(many)))}`));
}

/** How a template calls its words: those that hold for it alone come first. */
export const finder = (words, name) => (source) => words[`${name}: ${source}`] ?? words[source];

/** A template in another language. */
export function in_template(html, name, language, words) {
  const own = html.replace('<html lang="en" dir="ltr"', `<html lang="${language}" dir="${right_to_left.has(language) ? "rtl" : "ltr"}"`);
  return translated(own, finder(words, name));
}
