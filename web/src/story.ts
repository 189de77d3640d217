// What somebody shared: when its writer takes it back, or its time runs out, it leaves the open page too.
import { say } from "./say.js";
import { type LiveEvent, follow } from "./socket.js";

export function followStory(): void {
  const story = document.getElementById("story");
  const news = document.getElementById("news");
  if (!story || !news) return;
  const topic = story.dataset.topic ?? "";
  let gone = false;

  const takeAway = () => {
    if (gone) return;
    gone = true;
    const said = document.createElement("p");
    said.tabIndex = -1;
    said.textContent = say("This is not shared any more. Its writer may have taken it back, or its time ran out.");
    story.replaceChildren(said);
    news.replaceChildren();
    said.focus();
  };
  const offer = () => {
    const button = document.createElement("button");
    button.className = "button";
    button.textContent = say("There is something new here, show it");
    button.addEventListener("click", () => location.reload());
    news.replaceChildren(button);
  };
  const until = Date.parse(story.dataset.until ?? "");
  const left = until - Date.now();
  if (left < 2 ** 31) setTimeout(takeAway, Math.max(left, 0));

  let after = Number(story.dataset.event);
  follow(
    () => [{ subscribe: topic, after }],
    (told: LiveEvent) => {
      after = Math.max(after, told.event);
      if (told.type.endsWith(".withdrawn")) takeAway();
      else if (/[.](changed|shared)$/.test(told.type) && !gone && !topic.startsWith("link:")) offer();
    },
    undefined,
    takeAway,
  );
}

const followed_max = 50; // of a list: one connection follows at most 64 topics

/** Of a list of what others share, what is taken back leaves the open page. */
export function followShares(): void {
  for (const one of [...document.querySelectorAll<HTMLElement>("main [data-topic]")].slice(0, followed_max)) {
    const topic = one.dataset.topic ?? "";
    if (one.id || !/^(story|share):/.test(topic)) continue;
    let after = Number(one.dataset.event);
    follow(
      () => [{ subscribe: topic, after }],
      (told) => {
        after = Math.max(after, told.event);
        if (told.type.endsWith(".withdrawn")) one.remove();
      },
      undefined,
      () => one.remove(),
    );
  }
}
