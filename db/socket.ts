import { Socket } from 'node:net';

/** Where a server listens, as the driver has read it from an address. */
export type Place = { host: string[]; port: number[]; path: string | false };

/**
 * A socket for the driver, which gives up where it has asked, and nothing has come for
 * `silenceMs`. A server that stands still, or a network that swallows everything, ends no
 * connection: whoever asked would wait for ever. One that seems to rest is given up later.
 */
export function openSocket({ host, port, path }: Place, silenceMs: number | undefined): Socket {
  const socket = new DriverSocket();
  const at = { host: host[0] ?? 'localhost', port: port[0] ?? 5432 };
  socket.connect(path ? { path } : at);
  // COPY (db/copy.ts) ends with a packet of its own. With Nagle's algorithm it waits for the
  // receipt of the rows, which the server delays by 40 ms: most of what a batch takes.
  socket.setNoDelay(true);
  if (silenceMs !== undefined) giveUpAfter(socket, silenceMs);
  // By these the driver tells what it could not reach, and whom it expects behind TLS.
  return Object.assign(socket, at);
}

/**
 * A connection that breaks ends without an error. Behind one the driver gives it more
 * statements before it learns of the end, and forgets them; at an end alone it rejects all
 * there are. Before the server has said anything the error is how it learns that nobody is there.
 */
class DriverSocket extends Socket {
  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    super._destroy(this.bytesRead > 0 ? null : error, done);
  }
}

const looksPerSilence = 8;
/** Whether what was asked just before a look is answered cannot be told from how much has come. */
const doubtful = 4;

/** By looking how much has come and gone: the driver takes all listeners away where it goes on with TLS. */
function giveUpAfter(socket: Socket, silenceMs: number): void {
  let seen = { bytes: 0, asked: 0, isAsked: false, since: Date.now() };
  const timer = setInterval(() => {
    if (socket.destroyed) return clearInterval(timer);
    const { bytesRead: bytes, bytesWritten: asked } = socket;
    if (bytes !== seen.bytes) seen = { bytes, asked, isAsked: false, since: Date.now() };
    // However long it has rested before.
    else if (!seen.isAsked && asked !== seen.asked)
      seen = { bytes, asked, isAsked: true, since: Date.now() };
    const patienceMs = seen.isAsked ? silenceMs : doubtful * silenceMs;
    if (Date.now() - seen.since >= patienceMs) socket.destroy();
  }, silenceMs / looksPerSilence);
  timer.unref();
}
