// Every pair of colours that text stands on keeps WCAG's contrast, in each theme.
import { readFileSync } from "node:fs";

const css = readFileSync(new URL("../styles/app.css", import.meta.url), "utf8");
const themes = [...css.matchAll(/:root[^{}]*\{([^{}]*--bg:[^{}]*)\}/g)].map((found) => Object.fromEntries([...found[1].matchAll(/--([a-z-]+): (#[0-9a-f]{6})/g)].map((pair) => [pair[1], pair[2]])));
const channel = (value) => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
const luminance = (hex) => {
  const [red, green, blue] = [1, 3, 5].map((at) => channel(parseInt(hex.slice(at, at + 2), 16) / 255));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
const ratio = (one, other) => {
  const [low, high] = [luminance(one), luminance(other)].sort((left, right) => left - right);
  return (high + 0.05) / (low + 0.05);
};
const pairs = [["text", "bg", 7], ["text", "surface", 7], ["muted", "surface", 4.5], ["muted", "bg", 4.5], ["accent", "bg", 4.5], ["accent", "surface", 4.5], ["on-accent", "accent", 4.5], ["line", "surface", 3], ["line", "bg", 3], ["focus", "surface", 4.5], ["on-crisis", "crisis", 4.5], ["text", "crisis-soft", 7], ["muted", "crisis-soft", 4.5], ["text", "note", 7], ["text", "hold", 7], ["text", "edit", 7], ["danger", "bg", 4.5], ["danger", "surface", 4.5]];
let failed = 0;
if (themes.length !== 5) throw new Error(`expected five sets of colours, found ${themes.length}`);
for (const [index, theme] of themes.entries()) {
  for (const [front, back, least] of pairs) {
    const found = ratio(theme[front], theme[back]);
    if (found >= least) continue;
    console.error(`theme ${index}: ${front} on ${back} is ${found.toFixed(2)}, needs ${least}`);
    failed += 1;
  }
}
console.log(`contrast: ${themes.length * pairs.length - failed} pairs good, ${failed} not`);
process.exit(failed ? 1 : 0);
