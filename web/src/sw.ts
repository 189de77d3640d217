// Help, the quiet minute and the tools stay open without a connection. Nothing private is ever kept here: the
// pages are fetched as nobody, so that not even a nickname is on them, and in the language of the page that asked.
export {};
declare const self: ServiceWorkerGlobalScope;
declare const OFFLINE: Record<string, string[]>; // by language, the addresses of public pages and their assets, filled in by the build
declare const BUILD: string;

const language = new URL(location.href).searchParams.get("language") ?? "en";
const VERSION = `${BUILD}-${language}`;

interface ExtendableEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface FetchEvent extends ExtendableEvent {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface ServiceWorkerGlobalScope {
  addEventListener(type: "install" | "activate", listen: (event: ExtendableEvent) => void): void;
  addEventListener(type: "fetch", listen: (event: FetchEvent) => void): void;
  skipWaiting(): Promise<void>;
}

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(VERSION).then((cache) => cache.addAll((OFFLINE[language] ?? []).map((path) => new Request(path, { credentials: "omit", headers: { "accept-language": language } })))).then(() => self.skipWaiting()));
});
self.addEventListener("activate", (event) => {
  const tidy = async () => {
    for (const name of await caches.keys()) if (name !== VERSION) await caches.delete(name);
  };
  event.waitUntil(tidy());
});
// Help now comes for every page that can't be had, so it says why: somebody who tapped a thread was not sent there.
const kept = async (path: string): Promise<Response | undefined> => {
  const found = await caches.match(path, { ignoreVary: true });
  if (!found || path !== "/help") return found;
  const headers = new Headers(found.headers);
  for (const name of ["content-encoding", "content-length"]) headers.delete(name);
  return new Response((await found.text()).replace(' id="offline" hidden', ' id="offline"'), { headers });
};
self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin) return;
  const answer = async () => {
    try {
      return await fetch(event.request);
    } catch {
      return (await kept(url.pathname)) ?? (event.request.mode === "navigate" ? await kept("/help") : undefined) ?? Response.error();
    }
  };
  event.respondWith(answer());
});
