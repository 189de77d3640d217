// Writes each template in each language but English: translate.mjs FOLDER
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { in_template, languages, words_of } from "./locales.mjs";

const to = process.argv[2];
const templates = new URL("../templates/", import.meta.url);
for (const language of languages.slice(1)) {
  const words = words_of(language);
  mkdirSync(join(to, language), { recursive: true });
  for (const file of readdirSync(templates)) {
    const html = readFileSync(new URL(file, templates), "utf8");
    writeFileSync(join(to, language, file), in_template(html, file.replace(".html", ""), language, words));
  }
}
