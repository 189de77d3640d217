// A private talk grows by itself: what the other side writes is added below, nothing moves but that.
import { sayCount } from "./say.js";
import { follow } from "./socket.js";
import { showLocalTimes } from "./times.js";
import { elementsFrom } from "./trusted.js";

export function followTalk(): void {
  const talk = document.getElementById("talk");
  const news = document.getElementById("talk-news");
  if (!talk || !news) return;
  let last = Number(talk.dataset.last);
  let asking = false;
  let again = false;
  let came = 0; // said as a count: the same words twice are read out once

  const look = async () => {
    if (asking) {
      again = true;
      return;
    }
    asking = true;
    const answer = await fetch(`/talks/${talk.dataset.talk}/messages?after=${last}`);
    if (answer.ok) {
      for (const element of elementsFrom(await answer.text())) {
        const number = Number((element as HTMLElement).dataset.number);
        if (!(number > last)) continue;
        last = number;
        showLocalTimes(element);
        talk.append(element);
        came += 1;
        news.textContent = sayCount(came, { one: "New words below.", other: "New words below, {count} times now." });
      }
    }
    asking = false;
    if (again) {
      again = false;
      void look();
    }
  };
  follow(
    () => [{ subscribe: talk.dataset.topic ?? "" }],
    (told) => {
      if (told.type.endsWith(".message")) void look();
    },
    () => void look(),
  );
}
