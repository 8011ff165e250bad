import { inspect } from 'node:util';
import { openConsole } from './console.ts';
import { partEnvironment } from './environment.ts';
import { explainFullDisk, LaunchError } from './launch-error.ts';
import { Platform } from './platform.ts';
import { requireFreePorts } from './ports.ts';
import { claimFolder, leaveFolder, writeRunFile } from './run-file.ts';
import { loadSecrets } from './secrets.ts';
import { loadSettings, portsInUse, type Settings } from './settings.ts';
import { startParts } from './start-parts.ts';
import { summary } from './summary.ts';

const console = openConsole(process.stdout);
const stopAsked = Promise.withResolvers<'stopped'>();
// Each may come more than once: the terminal sends Ctrl-C to npm and to us, and npm sends it on.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => stopAsked.resolve('stopped'));
}
const code = await launch().then(() => 0, explain);
process.exit(code);

/** Runs the platform until it is asked to stop. */
async function launch(): Promise<void> {
  const settings = loadSettings(process.env);
  const folder = settings.HVAR_DATA_DIR;
  await claimFolder(folder);
  try {
    await runPlatform(settings);
  } catch (error) {
    throw await explainFullDisk(error, folder);
  } finally {
    await leaveFolder(folder);
  }
}

async function runPlatform(settings: Settings): Promise<void> {
  const folder = settings.HVAR_DATA_DIR;
  const secrets = await loadSecrets(folder);
  const environment = partEnvironment(process.env, settings, secrets);
  await requireFreePorts(portsInUse(settings), settings.HOST);
  const platform = new Platform({
    line: (text) => console.line(`  ! ${text}`),
    changed: (parts) => writeRunFile(folder, environment.config.BOSTA_WEBHOOK_SECRET, parts),
  });
  console.line('HVAR Cycle starts:');
  try {
    const started = startParts({ platform, console, settings, secrets, environment });
    if ((await Promise.race([started, stopAsked.promise])) !== 'stopped') {
      console.line(summary(settings, environment.config));
      await stopAsked.promise;
    }
    console.line('Stopping …');
  } finally {
    await platform.stop();
  }
  console.line(`Stopped. The data stays in ${folder}.`);
}

/** One sentence where the person can put it right; else all there is, for it is our own mistake. */
function explain(error: unknown): number {
  const text = error instanceof LaunchError ? error.message : inspect(error);
  process.stderr.write(`${text}\n`);
  return 1;
}
