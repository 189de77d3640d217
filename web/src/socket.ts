// The page's one live connection: asks for the topics of all who follow something, tells each what they asked for, and
// comes back by itself after it was cut.
export interface LiveEvent {
  event: number;
  type: string;
  topic: string;
  data: { id?: string };
}
interface Ask {
  subscribe: string;
  after?: number;
}
interface Follower {
  asks: () => Ask[];
  heard: (told: LiveEvent) => void;
  opened?: (() => void) | undefined;
  refused?: (() => void) | undefined;
}

const followers: Follower[] = [];
const asked = (one: Follower, topic: string) => one.asks().some((ask) => ask.subscribe === topic);

function connect(pause: number): void {
  const address = new URL("/api/v1/live", location.href);
  address.protocol = address.protocol.replace("http", "ws");
  const socket = new WebSocket(address);
  socket.addEventListener("open", () => {
    pause = 1000;
    const asks = new Map(followers.flatMap((one) => one.asks()).map((ask) => [ask.subscribe, ask])); // a topic is asked for once
    for (const ask of asks.values()) socket.send(JSON.stringify(ask));
    for (const one of followers) one.opened?.();
  });
  socket.addEventListener("message", (message) => {
    const told = JSON.parse(message.data as string) as LiveEvent | { topic?: string; error: unknown };
    for (const one of followers) {
      if (!told.topic || !asked(one, told.topic)) continue;
      if ("event" in told) one.heard(told);
      else one.refused?.();
    }
  });
  socket.addEventListener("close", (closed) => {
    if (closed.code === 4401) return;
    setTimeout(() => connect(Math.min(pause * 2, 30000)), pause);
  });
}

/** `asks` gives the topics, and from where on, each time it opens; `heard` gets every event of those; `opened` is told
    after each opening; `refused` when one of them may not be followed, or not any more. To be called while the page's
    scripts run: the connection opens when all of them did. */
export function follow(asks: () => Ask[], heard: (told: LiveEvent) => void, opened?: () => void, refused?: () => void): void {
  if (followers.length === 0) setTimeout(() => connect(1000));
  followers.push({ asks, heard, opened, refused });
}
