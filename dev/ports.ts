import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { LaunchError } from './launch-error.ts';

/** Throws a LaunchError that names the variable where a port is taken, or given twice. */
export async function requireFreePorts(ports: [string, number][], host: string): Promise<void> {
  const seen = new Map<number, string>();
  for (const [name, port] of ports) {
    const other = seen.get(port);
    if (other !== undefined) {
      throw new LaunchError(
        `${other} and ${name} are both ${port}: set one of them to another port.`,
      );
    }
    seen.set(port, name);
    // Only the API listens where HOST says; all else is for this machine alone.
    const problem = await whyNotFree(port, name === 'PORT' ? host : '127.0.0.1');
    if (problem === 'EADDRINUSE') {
      throw new LaunchError(
        `Port ${port} is in use: stop what listens there, or set ${name} to a free port.`,
      );
    }
    if (problem !== undefined) {
      throw new LaunchError(`${name} ${port} on ${host} cannot be listened on (${problem}).`);
    }
  }
}

async function whyNotFree(port: number, host: string): Promise<string | undefined> {
  // Where another program listens on all addresses some systems let us have one of them; people's browsers would reach the other.
  if (await isAnswered(port)) return 'EADDRINUSE';
  const server = createServer().listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    if (error instanceof Error && 'code' in error) return String(error.code);
    throw error;
  }
  await once(server.close(), 'close');
  return undefined;
}

/** Whether a program of this machine listens there. */
export async function isAnswered(port: number): Promise<boolean> {
  const socket = connect({ port, host: 'localhost' });
  const answered = await once(socket, 'connect').then(
    () => true,
    () => false,
  );
  socket.destroy();
  return answered;
}

/**
 * Below what systems hand out by themselves (from 32768 on with Linux, 49152 elsewhere): who
 * asks for any port, as Temporal's server does for its own services, is given none of these.
 */
const ours = { from: 20_000, to: 32_768 };

/** `count` ports that are free now, all different, and stay so until somebody names them. */
export async function freePorts(count: number): Promise<number[]> {
  const ports = new Set<number>();
  while (ports.size < count) {
    const port = randomInt(ours.from, ours.to);
    if ((await whyNotFree(port, '127.0.0.1')) === undefined) ports.add(port);
  }
  return [...ports];
}
