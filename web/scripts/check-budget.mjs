// Bytes over the wire, compressed: what an old phone on a slow line has to load.
import { readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const dist = process.argv[2] ?? join(dirname(dirname(fileURLToPath(import.meta.url))), "dist");
const manifest = JSON.parse(readFileSync(join(dist, "manifest.json"), "utf8"));
const size = (address) => statSync(join(dist, `${address.replace("/assets/", "")}.br`)).size;
const budgets = [["style sheet", size(manifest.css), 6 * 1024], ["script", Math.max(...Object.values(manifest.js).map(size)), 5 * 1024], ["desk's script", Math.max(...Object.values(manifest.desk_js).map(size)), 5 * 1024]];
let failed = 0;
for (const [name, bytes, most] of budgets) {
  console.log(`budget: ${name} ${bytes} of ${most} bytes`);
  if (bytes > most) failed += 1;
}
process.exit(failed ? 1 : 0);
