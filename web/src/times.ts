// The server prints times in UTC; here they become the reader's own, in words.
import { language } from "./say.js";

const spoken = navigator.languages.find((one) => one.startsWith(language)) ?? language;
const format = new Intl.DateTimeFormat(spoken, { dateStyle: "medium", timeStyle: "short", numberingSystem: "latn" });

export function showLocalTimes(within: ParentNode): void {
  for (const time of within.querySelectorAll("time[datetime]")) {
    const at = new Date(time.getAttribute("datetime") ?? "");
    if (!Number.isNaN(at.getTime())) time.textContent = format.format(at);
  }
}
