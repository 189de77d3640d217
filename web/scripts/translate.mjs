// Writes each template in each language but English, in the same folders: translate.mjs FOLDER
import { mkdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { files, read } from "./files.mjs";
import { in_template, languages, words_of } from "./locales.mjs";

const folder = "web/templates/";
for (const language of languages.slice(1)) {
  const words = words_of(language);
  for (const path of files(folder, ".html")) {
    const to = join(process.argv[2], language, path.slice(folder.length));
    mkdirSync(dirname(to), { recursive: true });
    writeFileSync(to, in_template(read(path), basename(path, ".html"), language, words));
  }
}
