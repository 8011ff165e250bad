import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { cachePath, fillCache } from '../../dev/cache.ts';
import { exists } from '../../dev/files.ts';
import { quietRuntime } from './quiet-runtime.ts';
import { fillFromMaven } from './test-server-from-maven.ts';

/** The release of Temporal's Java SDK whose test server is taken from Maven. */
const version = '1.38.0';
const downloadTimeoutMs = 60_000;

/**
 * A server of its own on which time passes as fast as the workflows allow; one for each test file.
 * Taken from our cache, or downloaded by the SDK, or made from Maven's jars; throws what to install
 * where none is to be had. Search attributes must be registered on it: an unregistered one hangs.
 */
export async function createTimeSkippingEnvironment(): Promise<TestWorkflowEnvironment> {
  quietRuntime();
  const cache = cachePath('test-server', `${version}-archived`);
  const script = join(cache, 'temporal-test-server');
  if (await exists(script)) return start(script);
  try {
    return await startDownloaded();
  } catch (download) {
    await fillCache(cache, (folder) => fillFromMaven(folder, version)).catch((maven: unknown) => {
      throw new Error(
        'There is no time-skipping Temporal server for the tests: give the machine access to ' +
          'temporal.download, or install Java 17 and Maven ' +
          `(the download: ${String(download)}; Maven: ${String(maven)}).`,
        { cause: maven },
      );
    });
    return start(script);
  }
}

/**
 * Calls are made once: the server is this test file's own, and one that fails is given up
 * with calls under way, which the SDK would try again on a connection that is closed, and
 * throw where nobody hears it.
 */
const plugins = [
  {
    name: 'each call is made once',
    configureConnection: <O extends object>(options: O) => ({ ...options, interceptors: [] }),
  },
];

/** The SDK gives a server 5 seconds to come up, which is short where several files start theirs at once. */
async function start(path: string, tries = 4): Promise<TestWorkflowEnvironment> {
  const executable = { type: 'existing-path' as const, path };
  try {
    return await TestWorkflowEnvironment.createTimeSkipping({ server: { executable }, plugins });
  } catch (error) {
    if (tries === 1) throw error;
    return start(path, tries - 1);
  }
}

/** The SDK keeps what it downloads, and asks the network only for what is not there. */
async function startDownloaded(): Promise<TestWorkflowEnvironment> {
  const downloadDir = cachePath('test-server', 'sdk');
  await mkdir(downloadDir, { recursive: true });
  const { promise: tooLong, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error('no answer in time')), downloadTimeoutMs);
  const started = TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'cached-download', downloadDir } },
    plugins,
  });
  return Promise.race([started, tooLong]).finally(() => clearTimeout(timer));
}
