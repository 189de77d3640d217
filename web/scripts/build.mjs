// Builds web/dist: the script bundles, one a language, the style sheet, the icon and the service worker, each under a
// name with its hash and in three encodings, and manifest.json, which tells the server their names.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { build, transform } from "esbuild";
import { in_script, languages, words_of } from "./locales.mjs";

const web = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = process.argv[2] ?? join(web, "dist");
rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });

function write(name, content) {
  writeFileSync(join(dist, name), content);
  writeFileSync(join(dist, `${name}.br`), brotliCompressSync(content));
  writeFileSync(join(dist, `${name}.gz`), gzipSync(content, { level: 9 }));
}
function writeHashed(stem, ending, content) {
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 12);
  const name = `${stem}.${hash}.${ending}`;
  write(name, content);
  return `/assets/${name}`;
}
async function bundle(entry, language, define = {}) {
  const words = words_of(language);
  const speak = { name: "speak", setup: (made) => made.onLoad({ filter: /\/src\/\w+\.ts$/ }, ({ path }) => ({ contents: in_script(readFileSync(path, "utf8"), words), loader: "ts" })) };
  const made = await build({ entryPoints: [join(web, "src", entry)], bundle: true, minify: true, format: "esm", target: "es2020", write: false, define, plugins: [speak] });
  return Buffer.from(made.outputFiles[0].contents);
}
async function bundles(stem, entry) {
  const made = {};
  for (const language of languages) made[language] = writeHashed(stem, "js", await bundle(entry, language));
  return made;
}

const css = await transform(readFileSync(join(web, "styles/app.css"), "utf8"), { loader: "css", minify: true });
const manifest = {
  css: writeHashed("app", "css", Buffer.from(css.code)),
  js: await bundles("app", "enhance.ts"),
  desk_js: await bundles("desk", "desk.ts"),
  icon: writeHashed("icon", "svg", readFileSync(join(web, "static/icon.svg"))),
};
const pages = ["/help", "/quiet", "/tools", "/tools/breathing", "/tools/grounding", "/tools/senses", "/tools/imagery", "/tools/writing", "/tools/plan"];
const offline = Object.fromEntries(languages.map((language) => [language, [...pages, manifest.css, manifest.js[language], manifest.icon]]));
const version = createHash("sha256").update(JSON.stringify(offline)).digest("hex").slice(0, 12);
write("sw.js", await bundle("sw.ts", "en", { OFFLINE: JSON.stringify(offline), BUILD: JSON.stringify(`holdfast-${version}`) }));
writeFileSync(join(dist, "manifest.json"), JSON.stringify(manifest));
