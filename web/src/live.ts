// New posts arrive while one reads: a quiet bar says how many, nothing moves under the reader.
import { sayCount } from "./say.js";
import { type LiveEvent, follow } from "./socket.js";
import { showLocalTimes } from "./times.js";
import { elementsFrom } from "./trusted.js";

export function followThread(): void {
  const posts = document.getElementById("posts");
  const news = document.getElementById("news");
  if (!posts || !news || posts.dataset.live !== "yes") return;
  const topic = `thread:${posts.dataset.thread}`;
  const waiting = new Set<string>();

  const showBar = () => {
    news.replaceChildren();
    if (waiting.size === 0) return;
    const button = document.createElement("button");
    button.className = "button";
    button.textContent = sayCount(waiting.size, { one: "1 new post, show it", other: "{count} new posts, show them" });
    button.addEventListener("click", () => void showWaiting());
    news.append(button);
  };
  const showWaiting = async () => {
    let first: HTMLElement | undefined;
    for (const id of [...waiting]) {
      const answer = await fetch(`/posts/${id}/fragment`);
      waiting.delete(id);
      if (!answer.ok) continue;
      for (const element of elementsFrom(await answer.text())) {
        showLocalTimes(element);
        posts.append(element);
        if (!first && element instanceof HTMLElement) first = element;
      }
    }
    showBar();
    if (first) {
      first.tabIndex = -1;
      first.focus();
    }
  };
  const take = (message: LiveEvent) => {
    if (message.type.startsWith("circle.")) {
      document.getElementById("paused")?.toggleAttribute("hidden", message.type !== "circle.locked");
      return;
    }
    const id = message.data.id;
    if (!id) return;
    const shown = document.getElementById(`p-${id}`);
    if (message.type === "post.removed") {
      waiting.delete(id);
      shown?.remove();
    } else if (message.type === "post.published" && !shown) {
      waiting.add(id);
    }
    showBar();
  };
  let after = Number(posts.dataset.event);
  follow(
    () => [{ subscribe: topic, after }],
    (told) => {
      after = Math.max(after, told.event);
      take(told);
    },
  );
}
