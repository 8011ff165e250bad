import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';

/** What a process says, and its exit code, in which an error comes up that nobody catches. */
async function failing(stack: string) {
  const home = JSON.stringify(new URL('../../db/uncaught.ts', import.meta.url).href);
  const program = `
    import { endWhereUncaught } from ${home};
    endWhereUncaught((what) => console.log(JSON.stringify(what)), 1);
    setImmediate(() => {
      throw Object.assign(new TypeError('of 01012345678'), { stack: ${JSON.stringify(stack)} });
    });
    setInterval(() => {}, 1_000);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program]);
  const [said, complained, [code]] = await Promise.all([
    ...([text(child.stdout), text(child.stderr), once(child, 'exit')] as const),
  ]);
  return { said, complained, code };
}

test.each([
  ['    at nextWrite (/app/node_modules/postgres/src/connection.js:255:22)', /^.*Postgres broke/],
  ['    at decide (/app/domain/deciding/index.ts:7:1)', /^.*The program failed/],
])('an error that nobody catches ends the process with one line: %s', async (frame, sentence) => {
  const { said, complained, code } = await failing(`TypeError: of 01012345678\n${frame}`);
  expect(code).toBe(1);
  expect(said).toMatch(sentence);
  expect(JSON.parse(said)).toMatchObject({ type: 'TypeError', frames: [frame] });
  expect(`${said}${complained}`).not.toContain('01012345678');
});
