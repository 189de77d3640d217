// Writes each template in each language but English, in the same folders: translate.mjs FOLDER
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { in_template, languages, words_of } from "./locales.mjs";

const to = process.argv[2];
const templates = fileURLToPath(new URL("../templates/", import.meta.url));
const files_in = (folder) =>
  readdirSync(join(templates, folder), { withFileTypes: true }).flatMap((one) => {
    const path = join(folder, one.name);
    return one.isDirectory() ? files_in(path) : [path];
  });
for (const language of languages.slice(1)) {
  const words = words_of(language);
  for (const file of files_in("")) {
    const html = readFileSync(join(templates, file), "utf8");
    mkdirSync(dirname(join(to, language, file)), { recursive: true });
    writeFileSync(join(to, language, file), in_template(html, basename(file, ".html"), language, words));
  }
}
