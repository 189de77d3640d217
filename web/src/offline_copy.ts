// A copy of the safety plan and of one's cue cards for when there is no connection: on this device alone, only for who
// asks for it, locked by words that they choose. What is kept tells nothing without them, and the page that opens it
// says the same whether the words are others or there is no copy.
import { language, say } from "./say.js";
import { elementsFrom } from "./trusted.js";

interface Piece {
  text: string;
  href?: string; // tel:
}
interface Item {
  heading: string;
  lines: Piece[][];
}
// The plan with its steps, or the cards.
interface Part {
  heading: string;
  list: string; // the element that holds its items
  items: Item[];
}
interface Copy {
  kept_on: string; // "2026-11-26"
  parts: Part[];
}
interface Sealed {
  salt: Uint8Array;
  iv: Uint8Array;
  rounds: number;
  sealed: ArrayBuffer;
  until_sign_out: boolean;
}

const rounds = 600_000; // of PBKDF2 with SHA-256
const step_bytes = 4096; // a short copy and a longer one are as long
const kind = new TextEncoder().encode("holdfast copy 2");

function store<T>(mode: IDBTransactionMode, act: (copies: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  return new Promise((go, stop) => {
    const opening = indexedDB.open("holdfast", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("plan");
    opening.onerror = () => stop(opening.error);
    opening.onsuccess = () => {
      const within = opening.result.transaction("plan", mode);
      const asked = act(within.objectStore("plan"));
      within.oncomplete = () => {
        opening.result.close();
        go(asked.result);
      };
      within.onabort = () => stop(within.error);
    };
  });
}
const kept = () => store<Sealed | undefined>("readonly", (copies) => copies.get("mine") as IDBRequest<Sealed | undefined>);
const takeOff = () => store("readwrite", (copies) => copies.delete("mine"));

async function keyFrom(words: string, salt: Uint8Array, times: number): Promise<CryptoKey> {
  const typed = await crypto.subtle.importKey("raw", new TextEncoder().encode(words.normalize("NFKC")), "PBKDF2", false, ["deriveKey"]);
  return crypto.subtle.deriveKey({ name: "PBKDF2", hash: "SHA-256", salt: salt as BufferSource, iterations: times }, typed, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

async function lock(copy: Copy, words: string, until_sign_out: boolean): Promise<Sealed> {
  const [salt, iv] = [crypto.getRandomValues(new Uint8Array(16)), crypto.getRandomValues(new Uint8Array(12))];
  const plain = new TextEncoder().encode(JSON.stringify(copy));
  const padded = new Uint8Array(Math.ceil((plain.length + 1) / step_bytes) * step_bytes).fill(32);
  padded.set(plain);
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: kind }, await keyFrom(words, salt, rounds), padded);
  return { salt, iv, rounds, sealed, until_sign_out };
}

/** None: other words, or no copy. Both take as long. */
async function unlock(copy: Sealed | undefined, words: string): Promise<Copy | undefined> {
  const key = await keyFrom(words, copy?.salt ?? new Uint8Array(16), copy?.rounds ?? rounds);
  if (!copy) return undefined;
  try {
    const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: copy.iv as BufferSource, additionalData: kind }, key, copy.sealed);
    return JSON.parse(new TextDecoder().decode(plain)) as Copy;
  } catch {
    return undefined;
  }
}

const pieceOf = (node: Node): Piece => ({ text: node.textContent ?? "", ...(node instanceof HTMLAnchorElement && node.href.startsWith("tel:") ? { href: node.href } : {}) });
const itemOf = (item: Element): Item => ({ heading: item.querySelector("h3")?.textContent ?? "", lines: [...item.querySelectorAll("p")].map((line) => [...line.childNodes].map(pieceOf)) });
const partOf = (part: Element): Part => ({ heading: part.querySelector("h2")?.textContent ?? "", list: part.querySelector("ol") ? "ol" : "ul", items: [...part.querySelectorAll("li")].map(itemOf) });

/** A page of the list, of which this is one. */
async function sectionsOf(page: number): Promise<HTMLElement[]> {
  const answer = await fetch(`?page=${page}`);
  if (!answer.ok || answer.redirected) throw new Error();
  return elementsFrom(await answer.text()).flatMap((one) => [...one.querySelectorAll<HTMLElement>("[data-part]")]);
}
/** What is chosen, from all pages: many cards come in several. */
async function chosenParts(form: HTMLFormElement): Promise<Part[]> {
  const made = new Map<string, Part>();
  for (let page = 1; page <= Number(form.dataset.parts); page += 1) {
    const sections = page === Number(form.dataset.number) ? [...document.querySelectorAll<HTMLElement>("[data-part]")] : await sectionsOf(page);
    for (const section of sections) {
      const name = section.dataset.part ?? "";
      if (!field(form, name).checked) continue;
      const part = partOf(section);
      made.set(name, { ...part, items: [...(made.get(name)?.items ?? []), ...part.items] });
    }
  }
  return [...made.values()];
}

function withText<Name extends keyof HTMLElementTagNameMap>(name: Name, text: string): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  made.textContent = text;
  made.dir = "auto";
  return made;
}

function shownOf(part: Part): HTMLElement[] {
  const list = document.createElement(part.list === "ol" ? "ol" : "ul");
  list.className = list.tagName === "OL" ? "steps" : "plainlist";
  for (const { heading, lines } of part.items) {
    const item = document.createElement("li");
    item.append(withText("h3", heading));
    for (const line of lines) {
      const words = withText("p", "");
      for (const { text, href } of line) words.append(href?.startsWith("tel:") ? Object.assign(withText("a", text), { href }) : withText("span", text));
      item.append(words);
    }
    list.append(item);
  }
  return [withText("h2", part.heading), list];
}

const today = () => new Date(Date.now() - new Date().getTimezoneOffset() * 60_000).toISOString().slice(0, 10); // here
const inWords = (day: string) => new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: "UTC" }).format(new Date(day));
const field = (within: Element, name: string) => within.querySelector(`[name=${name}]`) as HTMLInputElement;

/** On the page that shows what a copy would hold: keep one, or take it off. */
export async function offerOfflineCopy(): Promise<void> {
  const said = document.getElementById("offline-said");
  const off = document.getElementById("offline-off");
  if (!said || !off || !globalThis.indexedDB || !globalThis.crypto?.subtle) return;
  const tell = (words: string) => (said.textContent = words);
  off.hidden = (await kept()) === undefined;
  off.addEventListener("click", async () => {
    await takeOff();
    off.hidden = true;
    tell(say("The copy is gone from this device."));
  });
  const form = document.getElementById("offline-keep") as HTMLFormElement | null;
  if (!form) return;
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const words = field(form, "words").value;
    if (!["plan", "cards"].some((name) => field(form, name)?.checked)) return void tell(say("Please choose what should be in it."));
    if (words !== field(form, "again").value) return void tell(say("The two are not the same. Please type them once more."));
    tell(say("One moment. Your copy is being locked."));
    const parts = await chosenParts(form).catch(() => undefined);
    if (!parts) return void tell(say("We could not read all of it right now. Nothing was kept. Please try again."));
    const sealed = await lock({ kept_on: today(), parts }, words, field(form, "until_sign_out").checked);
    await store("readwrite", (copies) => copies.put(sealed, "mine"));
    form.reset();
    off.hidden = false;
    tell(say("The copy is on this device. It opens under Tools, also without a connection."));
  });
}

/** On the page that opens it, which is there without a connection too. */
export function openOfflineCopy(): void {
  const form = document.getElementById("open-copy") as HTMLFormElement | null;
  const shown = document.getElementById("opened-copy");
  const said = document.getElementById("open-said");
  if (!form || !shown || !said) return;
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    said.textContent = say("One moment.");
    const copy = await unlock(await kept(), field(form, "words").value);
    field(form, "words").value = "";
    shown.replaceChildren(...(copy?.parts ?? []).flatMap(shownOf));
    said.textContent = copy ? say("Here is your copy, as it was on {day}.", { day: inWords(copy.kept_on) }) : say("Nothing opened. The words may be others, or there is no copy here.");
  });
  document.getElementById("open-off")?.addEventListener("click", async () => {
    await takeOff();
    shown.replaceChildren();
    said.textContent = say("There is no copy on this device now.");
  });
}

/** Signing out here takes the copy along, for who chose so; deleting the account always does. */
export function forgetOfflineCopy(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-forgets]")) {
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      try {
        if (form.dataset.forgets === "always" || (await kept())?.until_sign_out) await takeOff();
      } finally {
        form.submit();
      }
    });
  }
}
