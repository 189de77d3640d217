// A mail server for tests.
import net from "node:net";

/** As a mail program shows it: other letters than ASCII are sent as base64. */
function readable(mail) {
  const subject = mail.replace(/^Subject: =\?utf-8\?B\?(.*)\?=/m, (_, words) => `Subject: ${Buffer.from(words, "base64")}`);
  const [head, body] = [subject.slice(0, subject.indexOf("\r\n\r\n")), subject.slice(subject.indexOf("\r\n\r\n") + 4)];
  return /^Content-Transfer-Encoding: base64/m.test(head) ? `${head}\r\n\r\n${Buffer.from(body, "base64")}` : subject;
}

/** The smallest mail server: keeps what it is given. */
export async function mailbox(port = 0) {
  const mails = [];
  const server = net.createServer((socket) => {
    let text = "";
    let in_data = false;
    let to = [];
    socket.on("error", () => {});
    socket.write("220 here\r\n");
    socket.on("data", (part) => {
      text += part;
      for (;;) {
        if (in_data) {
          const end = text.indexOf("\r\n.\r\n");
          if (end < 0) return;
          mails.push({ to, text: readable(text.slice(0, end)) });
          text = text.slice(end + 5);
          in_data = false;
          socket.write("250 kept\r\n");
          continue;
        }
        const end = text.indexOf("\r\n");
        if (end < 0) return;
        const line = text.slice(0, end);
        text = text.slice(end + 2);
        if (/^DATA/i.test(line)) {
          in_data = true;
          socket.write("354 go on\r\n");
        } else if (/^QUIT/i.test(line)) {
          socket.end("221 bye\r\n");
        } else {
          if (/^RCPT/i.test(line)) to.push(/<(.*)>/.exec(line)[1]);
          if (/^MAIL/i.test(line)) to = [];
          socket.write("250 good\r\n");
        }
      }
    });
  });
  await new Promise((go) => server.listen(port, "127.0.0.1", go));
  return { mails, url: `smtp://127.0.0.1:${server.address().port}`, stop: () => server.close() };
}
