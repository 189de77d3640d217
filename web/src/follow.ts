// A live topic, over lost connections.
export interface LiveEvent {
  event: number;
  type: string;
  data: { id?: string };
}

/** Hears a topic, from an event on, over lost connections, until one is signed out. */
export function follow(topic: string, from: number | undefined, take: (message: LiveEvent) => void): void {
  let after = from;
  let pause = 1000;
  const connect = () => {
    const address = new URL("/api/v1/live", location.href);
    address.protocol = address.protocol.replace("http", "ws");
    const socket = new WebSocket(address);
    socket.addEventListener("open", () => {
      pause = 1000;
      socket.send(JSON.stringify({ subscribe: topic, after }));
    });
    socket.addEventListener("message", (message) => {
      const told = JSON.parse(message.data as string) as LiveEvent | { error: unknown };
      if (!("event" in told)) return;
      after = Math.max(after ?? 0, told.event);
      take(told);
    });
    socket.addEventListener("close", (closed) => {
      if (closed.code === 4401) return;
      setTimeout(connect, pause);
      pause = Math.min(pause * 2, 30000);
    });
  };
  connect();
}
