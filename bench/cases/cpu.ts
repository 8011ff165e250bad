import { readdir, readFile } from 'node:fs/promises';

/** USER_HZ: in what the kernel counts a process's time, on every Linux. */
const ticksPerSecond = 100;

/** CPU time of a process and those that it started, in seconds; NaN where there is no /proc. */
export async function cpuOf(pid: number): Promise<number> {
  const stats = await Promise.all([pid, ...(await childrenOf(pid))].map(statOf));
  return stats.reduce((sum, ticks) => sum + ticks, 0) / ticksPerSecond;
}

/** Its own, and its ended children's: user and system (proc(5), fields 14 to 17). */
async function statOf(pid: number): Promise<number> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
}

async function childrenOf(pid: number): Promise<number[]> {
  const tasks = await readdir(`/proc/${pid}/task`).catch(() => []);
  const lists = await Promise.all(
    tasks.map((task) => readFile(`/proc/${pid}/task/${task}/children`, 'utf8').catch(() => '')),
  );
  return lists.join(' ').split(' ').filter(Boolean).map(Number);
}

/** Resident memory of a process, now and at its most, in MiB; NaN where there is no /proc. */
export async function memoryOf(pid: number): Promise<{ now: number; most: number }> {
  const text = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const field = (name: string) =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1]) / 1024;
  return { now: field('VmRSS'), most: field('VmHWM') };
}
