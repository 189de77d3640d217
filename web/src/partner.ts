// Two people and one goal: what is not shown any more leaves the open page, and the page when it ends.
import { type LiveEvent, follow } from "./socket.js";
import { showLocalTimes } from "./times.js";
import { elementsFrom } from "./trusted.js";

export function followPartner(): void {
  const between = document.getElementById("between");
  const shown = document.getElementById("shown");
  if (!between || !shown) return;
  const topic = between.dataset.topic ?? "";
  let before = "";

  const takeAway = () => {
    const said = document.createElement("h1");
    said.tabIndex = -1;
    said.textContent = "This has ended";
    between.replaceChildren(said);
    said.focus();
  };
  const lookAgain = async () => {
    const answer = await fetch(shown.dataset.from ?? "");
    if (answer.status === 404 || answer.redirected) return takeAway();
    if (!answer.ok) return shown.replaceChildren(); // rather nothing than what may be taken back
    const html = await answer.text();
    if (html === before) return;
    before = html;
    shown.replaceChildren(...elementsFrom(html));
    showLocalTimes(shown);
  };
  let after = Number(between.dataset.event);
  follow(
    () => [{ subscribe: topic, after }],
    (told: LiveEvent) => {
      after = Math.max(after, told.event);
      if (told.type === "partner.ended") takeAway();
      else if (told.type === "partner.changed" || told.type === "reset") void lookAgain();
    },
    undefined,
    takeAway,
  );
}
