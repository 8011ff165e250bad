import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePorts, isAnswered } from '../../dev/ports.ts';
import { until } from './until.ts';

const run = promisify(execFile);
const command = (flags: string) => `java ${flags} -cp 'lib/*' io.temporal.testserver.TestServer`;

/** Fills `folder` with Temporal's time-skipping test server of this release, as jars and a script that starts it. Needs Java 17 and Maven. */
export async function fillFromMaven(folder: string, version: string): Promise<void> {
  await writeFile(join(folder, 'pom.xml'), pomFor(version));
  await run('mvn', ['-q', '-B', 'dependency:copy-dependencies', '-DoutputDirectory=lib'], {
    cwd: folder,
  });
  await archiveClasses(folder);
  // It lives for a minute: what a compiler and a collector for hours would gain it does not get back.
  const flags = '-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:SharedArchiveFile=classes.jsa';
  const script = `#!/bin/sh\ncd "$(dirname "$0")" && exec ${command(flags)} "$@"\n`;
  await writeFile(join(folder, 'temporal-test-server'), script, { mode: 0o755 });
}

/**
 * Has Java keep the classes as they are in its memory once the server has come up: from
 * then on it comes up with under a third of the CPU. The SDK gives it five seconds.
 */
async function archiveClasses(folder: string): Promise<void> {
  const [port = 0] = await freePorts(1);
  const server = spawn(`exec ${command('-XX:ArchiveClassesAtExit=classes.jsa')} ${port}`, {
    ...{ cwd: folder, shell: true, stdio: 'ignore' },
  });
  const ended = once(server, 'exit');
  try {
    await until('the test server to come up', () => isAnswered(port), 60);
  } finally {
    server.kill('SIGTERM');
    await ended;
  }
}

const pomFor = (version: string) => `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>local</groupId><artifactId>test-server</artifactId><version>1</version>
  <dependencies><dependency>
    <groupId>io.temporal</groupId>
    <artifactId>temporal-test-server</artifactId>
    <version>${version}</version>
  </dependency></dependencies>
</project>
`;
