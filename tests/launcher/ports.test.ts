import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { freePorts } from '../../dev/ports.ts';

test('ports that are free stay so where a part takes any port for itself', async () => {
  const servers = Array.from({ length: 200 }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const taken = servers.map((server) => {
    const address = server.address();
    return address !== null && typeof address !== 'string' ? address.port : 0;
  });
  const ports = await freePorts(20);
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  expect(new Set(ports).size).toBe(20);
  expect(Math.max(...ports)).toBeLessThan(Math.min(...taken));
});
