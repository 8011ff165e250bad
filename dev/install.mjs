// Installs the packages where they are missing or older than the lockfile, so that `npm start` and
// `npm test` work as the first command in a fresh clone. Runs on whatever Node.js the machine has
// (18 or later): the project's own comes with the packages.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
/** npm writes this when an install is complete: one that was interrupted has none. */
const installed = `${root}/node_modules/.package-lock.json`;
const ownNode = `${root}/node_modules/.bin/node`;

if (!isInstalled()) install();

function isInstalled() {
  if (!existsSync(installed) || !existsSync(ownNode)) return false;
  return statSync(installed).mtimeMs >= statSync(`${root}/package-lock.json`).mtimeMs;
}

function install() {
  console.log('Installing the packages, a minute or so the first time …');
  const [command, ...args] = npm();
  // A machine that sets NODE_ENV=production would leave out what the launcher and the tests need.
  const options = ['ci', '--include=dev', '--loglevel=error', '--no-audit', '--no-fund'];
  const { status, error } = spawnSync(command, [...args, ...options], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status === 0 && existsSync(ownNode)) return;
  const why = error?.message ?? (status === 0 ? 'their install scripts did not run' : 'see above');
  console.error(
    `The packages could not be installed (${why}): npm needs its registry, and scripts.`,
  );
  process.exit(1);
}

/** The npm that called us, else the one on the path. */
function npm() {
  const caller = process.env.npm_execpath ?? '';
  return basename(caller) === 'npm-cli.js' ? [process.execPath, caller] : ['npm'];
}
