// A private conversation grows by itself: what the other side writes is added below, nothing moves but that.
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
        news.textContent = "New words below.";
      }
    }
    asking = false;
    if (again) {
      again = false;
      void look();
    }
  };
  follow(
    () => [{ subscribe: talk.dataset.topic }],
    (told) => {
      if (told.type.endsWith(".message")) void look();
    },
    () => void look(),
  );
}
