// A copy of the safety plan for when there is no connection: on this device alone, only for who asks for it, locked by
// words that they choose. What is kept tells nothing without them, and the page that opens it says the same whether the
// words are others or there is no copy.
import { say } from "./say.js";

interface Part {
  text: string;
  href?: string; // tel:
}
interface Step {
  heading: string;
  lines: Part[][];
}
interface Sealed {
  salt: Uint8Array;
  iv: Uint8Array;
  rounds: number;
  sealed: ArrayBuffer;
  until_sign_out: boolean;
}

const rounds = 600_000; // of PBKDF2 with SHA-256
const step_bytes = 4096; // a short plan and a long one are as long
const kind = new TextEncoder().encode("holdfast plan 1");

function store<T>(mode: IDBTransactionMode, act: (plans: IDBObjectStore) => IDBRequest<T>): Promise<T> {
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
const kept = () => store<Sealed | undefined>("readonly", (plans) => plans.get("mine") as IDBRequest<Sealed | undefined>);
const takeOff = () => store("readwrite", (plans) => plans.delete("mine"));

async function keyFrom(words: string, salt: Uint8Array, times: number): Promise<CryptoKey> {
  const typed = await crypto.subtle.importKey("raw", new TextEncoder().encode(words.normalize("NFKC")), "PBKDF2", false, ["deriveKey"]);
  return crypto.subtle.deriveKey({ name: "PBKDF2", hash: "SHA-256", salt: salt as BufferSource, iterations: times }, typed, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

async function lock(steps: Step[], words: string, until_sign_out: boolean): Promise<Sealed> {
  const [salt, iv] = [crypto.getRandomValues(new Uint8Array(16)), crypto.getRandomValues(new Uint8Array(12))];
  const plain = new TextEncoder().encode(JSON.stringify(steps));
  const padded = new Uint8Array(Math.ceil((plain.length + 1) / step_bytes) * step_bytes).fill(32);
  padded.set(plain);
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: kind }, await keyFrom(words, salt, rounds), padded);
  return { salt, iv, rounds, sealed, until_sign_out };
}

/** None: other words, or no copy. Both take as long. */
async function unlock(copy: Sealed | undefined, words: string): Promise<Step[] | undefined> {
  const key = await keyFrom(words, copy?.salt ?? new Uint8Array(16), copy?.rounds ?? rounds);
  if (!copy) return undefined;
  try {
    const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: copy.iv as BufferSource, additionalData: kind }, key, copy.sealed);
    return JSON.parse(new TextDecoder().decode(plain)) as Step[];
  } catch {
    return undefined;
  }
}

const partOf = (node: Node): Part => ({ text: node.textContent ?? "", ...(node instanceof HTMLAnchorElement && node.href.startsWith("tel:") ? { href: node.href } : {}) });
const stepsIn = (page: Element): Step[] => [...page.querySelectorAll(":scope > li")].map((step) => ({ heading: step.querySelector("h2")?.textContent ?? "", lines: [...step.querySelectorAll("p")].map((line) => [...line.childNodes].map(partOf)) }));

function elementOf(step: Step): HTMLElement {
  const item = document.createElement("li");
  const heading = document.createElement("h2");
  heading.textContent = step.heading;
  item.append(heading);
  for (const line of step.lines) {
    const words = document.createElement("p");
    words.dir = "auto";
    for (const part of line) {
      const shown = part.href?.startsWith("tel:") ? Object.assign(document.createElement("a"), { href: part.href }) : document.createElement("span");
      shown.textContent = part.text;
      words.append(shown);
    }
    item.append(words);
  }
  return item;
}

const field = (within: Element, name: string) => within.querySelector(`[name=${name}]`) as HTMLInputElement;

/** On the plan's own page: keep a copy, or take it off. */
export async function offerOfflinePlan(): Promise<void> {
  const offer = document.getElementById("offline-plan");
  const steps = document.querySelector("ol.steps");
  const form = offer?.querySelector("form");
  const said = document.getElementById("offline-said");
  if (!offer || !steps || !form || !said || !globalThis.indexedDB || !globalThis.crypto?.subtle) return;
  const off = offer.querySelector("#offline-off") as HTMLButtonElement;
  const tell = (words: string) => (said.textContent = words);
  off.hidden = (await kept()) === undefined;
  offer.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const words = field(form, "words").value;
    if (words !== field(form, "again").value) return void tell(say("The two are not the same. Please type them once more."));
    tell(say("One moment. Your plan is being locked."));
    const sealed = await lock(stepsIn(steps), words, field(form, "until_sign_out").checked);
    await store("readwrite", (plans) => plans.put(sealed, "mine"));
    form.reset();
    off.hidden = false;
    tell(say("The copy is on this device. It opens under Tools, also without a connection."));
  });
  off.addEventListener("click", async () => {
    await takeOff();
    off.hidden = true;
    tell(say("The copy is gone from this device."));
  });
}

/** On the page that opens it, which is there without a connection too. */
export function openOfflinePlan(): void {
  const form = document.getElementById("open-plan") as HTMLFormElement | null;
  const shown = document.getElementById("opened-plan");
  const said = document.getElementById("open-said");
  if (!form || !shown || !said) return;
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    said.textContent = say("One moment.");
    const steps = await unlock(await kept(), field(form, "words").value);
    field(form, "words").value = "";
    shown.replaceChildren(...(steps ?? []).map(elementOf));
    said.textContent = steps ? say("Here is your plan.") : say("Nothing opened. The words may be others, or there is no copy here.");
  });
  document.getElementById("open-off")?.addEventListener("click", async () => {
    await takeOff();
    shown.replaceChildren();
    said.textContent = say("There is no copy on this device now.");
  });
}

/** Signing out here takes the copy along, for who chose so; deleting the account always does. */
export function forgetOfflinePlan(): void {
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
