import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { arch, platform } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { cachePath, fillCache } from './cache.ts';
import type { Console, Progress } from './console.ts';
import { LaunchError } from './launch-error.ts';

const run = promisify(execFile);
/** The last version that `go install` can build: later ones replace modules. It carries server 1.29.1. */
const version = '1.5.1';
/** Older servers lack what the cases use: versioned workers, update-with-start. */
const oldestServer = [1, 29] as const;
const connectTimeoutMs = 15_000;
/** As `go list -deps ./cmd/temporal` counts them. */
const packagesToBuild = 1_300;

/** SHA-256 of the release's archives, by platform and Go's name of the architecture. */
const archives: Record<string, string> = {
  linux_amd64: 'ddc95e08b0b076efd4ea9733a3f488eb7d2be875f8834e616cd2a37358b4852d',
  linux_arm64: 'bd1b0db9f18b051026de8bf6cc1505f2510f14bbb7a8b9a4a91fff46c77454f5',
  darwin_amd64: 'bbb73e2a31135abe50a1f1cdb35030c42961df618e8ce9c60ae89f201540c5d9',
  darwin_arm64: 'cca01b7ea35ad56e2a328d9ae596bf716bd22313ef63c7a761c88354457c2415',
};

/** The Temporal CLI: the one on the path, the cached one, the release's, or built by Go; in this order. */
export async function findTemporal(console: Console): Promise<string> {
  const cached = cachePath('temporal', version, 'temporal');
  if (await isRecent('temporal')) return 'temporal';
  if (await isRecent(cached)) return cached;
  const folder = cachePath('temporal', version);
  const why = await fetchTemporal(console, folder);
  if (await isRecent(cached)) return cached;
  throw new LaunchError(
    'There is no Temporal server to start: install the Temporal CLI (https://docs.temporal.io/cli) ' +
      'or Go 1.25 or later, or set TEMPORAL_ADDRESS to a server of your own ' +
      `(the download: ${why.download}; Go: ${why.build}).`,
  );
}

/** Tries the download, then Go; says why each failed. */
async function fetchTemporal(console: Console, folder: string) {
  const why = { download: 'not tried', build: 'not tried' };
  try {
    await console.step(`Temporal CLI ${version}, downloaded once`, (progress) =>
      fillCache(folder, (into) => download(into, progress)),
    );
    return why;
  } catch (error) {
    why.download = reason(error);
  }
  try {
    console.line(`  · No download of the Temporal CLI (${why.download}): Go builds it.`);
    await console.step(`Temporal CLI ${version}, built once by Go, some minutes`, (progress) =>
      fillCache(folder, (into) => build(into, progress)),
    );
  } catch (error) {
    why.build = reason(error);
  }
  return why;
}

async function isRecent(command: string): Promise<boolean> {
  const { stdout } = await run(command, ['--version']).catch(() => ({ stdout: '' }));
  const [, major, minor] = /Server (\d+)\.(\d+)/.exec(stdout) ?? [];
  const [wantedMajor, wantedMinor] = oldestServer;
  return (
    Number(major) > wantedMajor || (Number(major) === wantedMajor && Number(minor) >= wantedMinor)
  );
}

async function download(folder: string, progress: Progress): Promise<void> {
  const target = `${platform()}_${arch() === 'x64' ? 'amd64' : arch()}`;
  const sha256 = archives[target];
  if (sha256 === undefined) throw new Error(`there is none for ${target}`);
  const file = `temporal_cli_${version}_${target}.tar.gz`;
  const archive = join(folder, file);
  await fetchFile(
    `https://github.com/temporalio/cli/releases/download/v${version}/${file}`,
    archive,
    progress,
  );
  const found = createHash('sha256')
    .update(await readFile(archive))
    .digest('hex');
  if (found !== sha256) throw new Error('the archive is not the one that was released');
  await run('tar', ['-xzf', archive, '-C', folder, 'temporal']);
}

async function fetchFile(url: string, path: string, progress: Progress): Promise<void> {
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(new Error('no answer')), connectTimeoutMs);
  const answer = await fetch(url, { signal: giveUp.signal }).finally(() => clearTimeout(timer));
  if (!answer.ok || answer.body === null) throw new Error(`HTTP ${answer.status}`);
  const total = Number(answer.headers.get('content-length')) || 1;
  let done = 0;
  const counted = answer.body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        done += chunk.length;
        progress(done, total);
        controller.enqueue(chunk);
      },
    }),
  );
  await writeFile(path, counted);
}

async function build(folder: string, progress: Progress): Promise<void> {
  await run('go', ['version']);
  const go = spawn('go', ['install', '-v', `github.com/temporalio/cli/cmd/temporal@v${version}`], {
    env: { ...process.env, GOBIN: folder },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  // Ctrl-C ends the launcher, and must end Go with it.
  const endGo = () => go.kill();
  process.once('exit', endGo);
  const ended = once(go, 'close').finally(() => process.off('exit', endGo));
  let built = 0;
  let last = '';
  for await (const line of createInterface(go.stderr)) {
    last = line;
    if (!line.startsWith('go:')) progress(++built, packagesToBuild);
  }
  const [code] = await ended;
  if (code !== 0) throw new Error(last === '' ? `go ended with ${code}` : last);
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'ENOENT') return 'not installed';
  return error.cause instanceof Error ? error.cause.message : error.message;
}
