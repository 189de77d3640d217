// The project's own files, by their path from its root.
import { readFileSync, readdirSync } from "node:fs";

const root = new URL("../../", import.meta.url);
export const read = (path) => readFileSync(new URL(path, root), "utf8");
/** All below a folder ("web/templates/") whose name has that ending. */
export const files = (folder, ending) => readdirSync(new URL(folder, root), { withFileTypes: true }).flatMap((one) => (one.isDirectory() ? files(`${folder}${one.name}/`, ending) : one.name.endsWith(ending) ? [folder + one.name] : []));
