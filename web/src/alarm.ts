// For those who look after a circle: on every page, a bar says when somebody needs them and nobody has them yet.
import { sayCount } from "./say.js";
import { follow } from "./socket.js";

export function followAlarms(): void {
  const place = document.getElementById("alarm");
  if (!place) return;
  const look = async () => {
    const answer = await fetch("/api/v1/care/alarms");
    if (!answer.ok) return;
    const { items } = (await answer.json()) as { items: { taken: boolean }[] };
    const free = items.filter((one) => !one.taken).length;
    place.replaceChildren();
    if (free === 0 || location.pathname === "/care") return;
    const link = document.createElement("a");
    link.className = "button help";
    link.href = "/care";
    link.textContent = sayCount(free, { one: "Somebody needs you now", other: "{count} people need you now" });
    place.append(link);
  };
  follow(
    () => [{ subscribe: "me" }, { subscribe: "review" }],
    (told) => {
      if (["me.alarm", "review.changed", "reset"].includes(told.type)) void look();
    },
    () => void look(),
  );
}
