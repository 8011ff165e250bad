/** How far a long step has come: `done` of `total`, in whatever unit. */
export type Progress = (done: number, total: number) => void;

export type Console = {
  /** One line. */
  line: (text: string) => void;
  /** Runs `work` and prints one line when it has succeeded or failed. */
  step: <T>(title: string, work: (progress: Progress) => Promise<T>) => Promise<T>;
};

const barWidth = 30;
/** How often a long step says how far it is where nobody watches a terminal, in milliseconds. */
const plainIntervalMs = 10_000;

/** The launcher's console: a bar that moves on a terminal, and plain lines elsewhere. */
export function openConsole(out: NodeJS.WriteStream): Console {
  // Whoever read along (`npm start | head`) may leave: the platform goes on, and is still stopped in order.
  out.on('error', () => {});
  const line = (text: string) => out.write(`${out.isTTY ? '\r\x1b[K' : ''}${text}\n`);
  return {
    line,
    async step(title, work) {
      const startedAt = Date.now();
      if (out.isTTY) out.write(`\r\x1b[K  … ${title}`);
      const result = await work(progressOf(out, title)).catch((error: unknown) => {
        line(`  ✗ ${title}`);
        throw error;
      });
      line(`  ✓ ${title} (${((Date.now() - startedAt) / 1000).toFixed(1)} s)`);
      return result;
    },
  };
}

function progressOf(out: NodeJS.WriteStream, title: string): Progress {
  let shownAt = Date.now();
  return (done, total) => {
    const fraction = Math.min(1, done / total);
    const percent = `${Math.floor(fraction * 100)} %`;
    if (out.isTTY) {
      const filled = Math.round(fraction * barWidth);
      out.write(`\r\x1b[K  … ${title} ${'█'.repeat(filled).padEnd(barWidth, '░')} ${percent}`);
    } else if (Date.now() - shownAt > plainIntervalMs) {
      shownAt = Date.now();
      out.write(`  … ${title}: ${percent}\n`);
    }
  };
}
