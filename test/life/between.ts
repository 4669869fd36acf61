/** Something between the bot and the proxy that cuts connections, as firewalls do after a minute. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface Between {
  readonly url: string;
  /** Connections that carry a POST are cut so long after their first byte; null: never. */
  cutsPostsAfterMs: number | null;
  /** Connections are refused from now on, as by a proxy that is not running. */
  shut(): Promise<void>;
  /** Again, on the same port. */
  open(): Promise<void>;
}

export async function startBetween(target: string): Promise<Between> {
  const to = new URL(target);
  const open = new Set<Socket>();
  const server = createServer((from) => {
    const on = connect(Number(to.port), to.hostname);
    for (const [socket, other] of [
      [from, on],
      [on, from],
    ] as const) {
      open.add(socket);
      socket.pipe(other);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        open.delete(socket);
        other.destroy();
      });
    }
    from.once('data', (first: Buffer) => {
      if (between.cutsPostsAfterMs === null || !first.toString('latin1').startsWith('POST')) return;
      setTimeout(() => from.destroy(), between.cutsPostsAfterMs);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const between: Between = {
    url: `http://127.0.0.1:${port}`,
    cutsPostsAfterMs: null,
    async shut() {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      for (const socket of open) socket.destroy();
      await closed;
    },
    async open() {
      server.listen(port, '127.0.0.1');
      await once(server, 'listening');
    },
  };
  return between;
}
