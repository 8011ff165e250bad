import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A line to a server that can stand still, and go on. */
export type Line = Awaited<ReturnType<typeof startLine>>;

/**
 * Passes on all that is said between who connects here and the server at `port`. Frozen, it
 * takes connections and passes nothing on until it goes on, as a server that stands still.
 * Cut, it has lost whatever was said on the connections of before and of meanwhile, and
 * nobody is told.
 */
export async function startLine(port: number) {
  const ends = new Set<Socket>();
  let state: 'open' | 'frozen' | 'cut' = 'open';
  const pass = (from: Socket, to: Socket) => {
    ends.add(from);
    from.on('close', () => ends.delete(from) && to.destroy()).on('error', () => {});
    from.on('data', (bytes) => to.write(bytes));
    if (state === 'frozen') from.pause();
    if (state === 'cut') lose(from);
  };
  const lose = (end: Socket) => end.removeAllListeners('data').resume();
  const server = createServer((client) => {
    const upstream = connect(port, '127.0.0.1');
    pass(client, upstream);
    pass(upstream, client);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port was given');
  return {
    port: address.port,
    freeze: () => {
      state = 'frozen';
      for (const end of ends) end.pause();
    },
    cut: () => {
      state = 'cut';
      for (const end of ends) lose(end);
    },
    goOn: () => {
      state = 'open';
      for (const end of ends) end.resume();
    },
    /** Ends the connections that there are, as a server does that stops. */
    hangUp: () => {
      for (const end of ends) end.end();
    },
    /** Breaks the connections that there are. */
    reset: () => {
      for (const end of ends) end.resetAndDestroy();
    },
    stop: async () => {
      for (const end of ends) end.destroy();
      await once(server.close(), 'close');
    },
  };
}
