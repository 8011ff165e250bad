import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { cachePath, fillCache } from '../../dev/cache.ts';
import { exists } from '../../dev/files.ts';
import { quietRuntime } from './quiet-runtime.ts';

const run = promisify(execFile);
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
  const script = cachePath('test-server', version, 'temporal-test-server');
  if (await exists(script)) return start(script);
  try {
    return await startDownloaded();
  } catch (download) {
    await fillCache(cachePath('test-server', version), fillFromMaven).catch((maven: unknown) => {
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

/** The SDK gives a server 5 seconds to come up, which is short where several files start theirs at once. */
async function start(path: string, tries = 4): Promise<TestWorkflowEnvironment> {
  const options = { server: { executable: { type: 'existing-path' as const, path } } };
  try {
    return await TestWorkflowEnvironment.createTimeSkipping(options);
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
  });
  return Promise.race([started, tooLong]).finally(() => clearTimeout(timer));
}

async function fillFromMaven(folder: string): Promise<void> {
  await writeFile(join(folder, 'pom.xml'), pom);
  await run('mvn', ['-q', '-B', 'dependency:copy-dependencies', '-DoutputDirectory=lib'], {
    cwd: folder,
  });
  await run('java', ['-version']);
  const start =
    '#!/bin/sh\nexec java -cp "$(dirname "$0")/lib/*" io.temporal.testserver.TestServer "$@"\n';
  await writeFile(join(folder, 'temporal-test-server'), start, { mode: 0o755 });
}

const pom = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>local</groupId><artifactId>test-server</artifactId><version>1</version>
  <dependencies><dependency>
    <groupId>io.temporal</groupId>
    <artifactId>temporal-test-server</artifactId>
    <version>${version}</version>
  </dependency></dependencies>
</project>
`;
