// Leave this page: blank it, then replace it, so that Back does not return. Shift three times does the same
// (GOV.UK's key: Escape would stop the page that is loading).
import { forgetDrafts } from "./drafts.js";

export function leaveAtOnce(): void {
  const link = document.getElementById("leave");
  if (!(link instanceof HTMLAnchorElement)) return;
  const go = () => {
    forgetDrafts();
    document.title = "…";
    document.body.replaceChildren();
    location.replace(link.dataset.to ?? link.href);
  };
  link.addEventListener("click", (event) => {
    event.preventDefault();
    go();
  });
  let presses: number[] = [];
  addEventListener("keyup", (event) => {
    if (event.key !== "Shift") {
      presses = [];
      return;
    }
    presses = [...presses.filter((at) => event.timeStamp - at < 5000), event.timeStamp];
    if (presses.length >= 3) go();
  });
}
