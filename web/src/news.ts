// The count in the frame grows while one reads. Nothing pops up, nothing is said aloud.
import { say } from "./say.js";
import { follow } from "./socket.js";

export function followNews(): void {
  const count = document.getElementById("news-count");
  if (!count) return;
  const look = async () => {
    const answer = await fetch("/api/v1/notifications?limit=1");
    if (!answer.ok) return;
    const { unseen } = (await answer.json()) as { unseen: number };
    count.textContent = unseen === 0 ? "" : ` ${say("({unseen} new)", { unseen: unseen > 9 ? "9+" : unseen })}`;
  };
  follow(
    () => [{ subscribe: "me" }],
    (told) => {
      if (told.type === "me.notice") void look();
    },
  );
}
