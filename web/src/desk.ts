// The desk by keyboard, live. Every control with data-key has its key; what each does is read from the page.
import { say } from "./say.js";
import { follow } from "./socket.js";

const off = "holdfast-keys-off";
const controls = () => [...document.querySelectorAll<HTMLElement>("[data-key]")];
const words = (control: HTMLElement) => (control.closest("label") ?? control).textContent?.trim() ?? "";
const isTyping = (where: EventTarget | null) =>
  where instanceof HTMLElement && (where.matches("textarea, select, input:not([type=radio]):not([type=checkbox])") || where.isContentEditable);

function keysDialog(): HTMLDialogElement {
  const known = document.getElementById("keys");
  if (known instanceof HTMLDialogElement) return known;
  const dialog = document.createElement("dialog");
  dialog.id = "keys";
  dialog.setAttribute("aria-labelledby", "keys-title");
  const title = document.createElement("h2");
  title.id = "keys-title";
  title.textContent = say("Keys");
  const list = document.createElement("ul");
  const add = (key: string, what: string) => {
    const line = document.createElement("li");
    const name = document.createElement("kbd");
    name.textContent = key;
    line.append(name, ` ${what}`);
    list.append(line);
  };
  add("?", say("These keys"));
  if (document.getElementById("queue")) {
    add("j", say("Next in the list"));
    add("k", say("The one before"));
  }
  for (const control of controls()) add(control.dataset.key ?? "", words(control));
  const toggle = document.createElement("button");
  toggle.className = "button outline";
  const name = () => (toggle.textContent = localStorage.getItem(off) ? say("Turn the keys on") : say("Turn the keys off"));
  name();
  toggle.addEventListener("click", () => {
    if (localStorage.getItem(off)) localStorage.removeItem(off);
    else localStorage.setItem(off, "yes");
    name();
  });
  const close = document.createElement("button");
  close.className = "button";
  close.textContent = say("Close");
  close.addEventListener("click", () => dialog.close());
  const actions = document.createElement("p");
  actions.className = "actions";
  actions.append(close, toggle);
  dialog.append(title, list, actions);
  document.body.append(dialog);
  return dialog;
}

function move(by: number): void {
  const links = [...document.querySelectorAll<HTMLElement>("#queue h2 a")];
  const at = links.indexOf(document.activeElement as HTMLElement);
  links[Math.min(Math.max(at + by, 0), links.length - 1)]?.focus();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || document.querySelector("dialog[open]")) return;
  if (event.key === "?") {
    event.preventDefault();
    keysDialog().showModal();
    return;
  }
  if (localStorage.getItem(off)) return;
  if (event.key === "j") return move(1);
  if (event.key === "k") return move(-1);
  const control = controls().find((one) => one.dataset.key === event.key);
  if (!control) return;
  event.preventDefault();
  control.click();
  control.focus();
});

// Words that are marked in the text can be named as the passage to change.
const passage = document.getElementById("passage");
const text = document.getElementById("words");
if (passage instanceof HTMLInputElement && text) {
  document.addEventListener("selectionchange", () => {
    const marked = getSelection();
    if (!marked || marked.isCollapsed || !text.contains(marked.anchorNode) || !text.contains(marked.focusNode)) return;
    if (document.activeElement !== passage) passage.value = marked.toString();
  });
}

document.getElementById("keys-hint")?.removeAttribute("hidden");
const news = document.getElementById("desk-news");
if (news) {
  const asks = () => [{ subscribe: "review" }];
  follow(asks, (message) => {
    if (!message.type.startsWith("review.") && message.type !== "reset") return;
    const again = document.createElement("a");
    again.className = "button outline";
    again.href = "/review";
    again.textContent = say("The list changed, show it");
    news.replaceChildren(again);
  });
}
