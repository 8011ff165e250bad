import { endWhereUncaught } from '../db/uncaught.ts';
import { type Console, runCheck, runRecover } from './commands.ts';
import { runImport } from './import.ts';
import { withParts } from './parts.ts';

const commands = { check: runCheck, recover: runRecover, import: runImport };
const usage = `npm run hvar -- <command>

  check     compares cases, workflows, stock, refunds and Bosta, and lists what differs (exit code 1)
  recover   opens every open case again after Temporal's database was lost; doubles nothing
  import    FILE: takes deliveries in from NDJSON or JSON lists; one that was cut off goes on (exit code 1 where lines are bad)
`;

const console: Console = { line: (text) => process.stdout.write(`${text}\n`) };
const command = process.argv[2] ?? '';
endWhereUncaught(({ sentence }) => {
  process.stderr.write(`${command}: ${sentence}. Please try again.\n`);
}, 2);
process.exitCode = await main(command);

/** Runs one command; gives the exit code: 0, 1 where something differs, 2 where it could not be done. */
async function main(name: string): Promise<number> {
  const run = Object.entries(commands).find(([known]) => known === name)?.[1];
  if (run === undefined) {
    process.stderr.write(usage);
    return 2;
  }
  try {
    return await withParts((parts) => run(parts, console, process.argv.slice(3)));
  } catch (error) {
    process.stderr.write(`${name}: ${error instanceof Error ? error.message : String(error)}\n`);
    return 2;
  }
}
