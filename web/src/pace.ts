// A reader's own pace: after the time, or the number of heavy posts, that they chose, a word about a pause shows
// itself. What is counted stays in this tab, and begins anew when they go on.
const counted = "opened";

export function keepPace(): void {
  const shown = document.querySelector<HTMLInputElement>("input[data-now]");
  if (shown && shown.value === "") shown.value = new Date().toTimeString().slice(0, 5);
  const pause = document.getElementById("pause");
  if (!pause) return;
  const show = () => {
    if (!pause.hidden) return;
    pause.hidden = false;
    pause.querySelector("p")?.focus();
  };
  const after = Number(pause.dataset.after ?? NaN);
  if (after > 0) setTimeout(show, after);
  pause.querySelector("form")?.addEventListener("submit", () => sessionStorage.removeItem(counted));

  const most = Number(pause.dataset.heavy ?? NaN);
  if (!(most > 0)) return;
  const opened = () => Number(sessionStorage.getItem(counted) ?? 0);
  if (opened() >= most) show();
  document.addEventListener("toggle", (event) => {
    const fold = event.target as HTMLDetailsElement;
    if (!fold.matches(".fold[data-weight]") || !fold.open || fold.dataset.counted) return;
    fold.dataset.counted = "yes";
    sessionStorage.setItem(counted, String(opened() + Number(fold.dataset.weight)));
    if (opened() >= most) show();
  }, true);
}
