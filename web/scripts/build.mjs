// Builds web/dist: the script bundle, the style sheet, the icon and the service worker, each under a name
// with its hash and in three encodings, and manifest.json, which tells the server their names.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { build, transform } from "esbuild";

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
async function bundle(entry, define) {
  const made = await build({ entryPoints: [join(web, "src", entry)], bundle: true, minify: true, format: "esm", target: "es2020", write: false, define });
  return Buffer.from(made.outputFiles[0].contents);
}

const css = await transform(readFileSync(join(web, "styles/app.css"), "utf8"), { loader: "css", minify: true });
const manifest = {
  css: writeHashed("app", "css", Buffer.from(css.code)),
  js: writeHashed("app", "js", await bundle("enhance.ts", {})),
  desk_js: writeHashed("desk", "js", await bundle("desk.ts", {})),
  icon: writeHashed("icon", "svg", readFileSync(join(web, "static/icon.svg"))),
};
const offline = ["/help", "/quiet", "/tools", "/tools/breathing", "/tools/grounding", "/tools/plan", manifest.css, manifest.js, manifest.icon];
const version = createHash("sha256").update(offline.join()).digest("hex").slice(0, 12);
write("sw.js", await bundle("sw.ts", { OFFLINE: JSON.stringify(offline), VERSION: JSON.stringify(`holdfast-${version}`) }));
writeFileSync(join(dist, "manifest.json"), JSON.stringify(manifest));
