// One live connection: asks for topics, hears what comes, comes back by itself after it was cut.
export interface LiveEvent {
  event: number;
  type: string;
  topic: string;
  data: { id?: string };
}

/** `asks` gives what to say each time it opens; `heard` gets every event; `opened` is told after each opening;
    `refused` when a topic may not be followed, or not any more. */
export function follow(asks: () => object[], heard: (told: LiveEvent) => void, opened?: () => void, refused?: () => void): void {
  let pause = 1000;
  const connect = () => {
    const address = new URL("/api/v1/live", location.href);
    address.protocol = address.protocol.replace("http", "ws");
    const socket = new WebSocket(address);
    socket.addEventListener("open", () => {
      pause = 1000;
      for (const one of asks()) socket.send(JSON.stringify(one));
      opened?.();
    });
    socket.addEventListener("message", (message) => {
      const told = JSON.parse(message.data as string) as LiveEvent | { error: unknown };
      if ("event" in told) heard(told);
      else refused?.();
    });
    socket.addEventListener("close", (closed) => {
      if (closed.code === 4401) return;
      setTimeout(connect, pause);
      pause = Math.min(pause * 2, 30000);
    });
  };
  connect();
}
