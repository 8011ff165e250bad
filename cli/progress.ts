/** A line that draws itself anew on a terminal; elsewhere it says something once in a while. */
type ProgressBar = { show: (share: number, text: string) => void; clear: () => void };

const width = 30;
const everyMs = 100;
const everyMsInLogs = 10_000;

/** Draws a bar on `out`: `share` from 0 to 1, above which it stays full, and what there is to say beside it. */
export function progressBar(out: NodeJS.WriteStream): ProgressBar {
  let shownAt = 0;
  const pause = out.isTTY ? everyMs : everyMsInLogs;
  return {
    show: (done, text) => {
      const share = Math.min(done, 1);
      const now = performance.now();
      if (share < 1 && shownAt > 0 && now - shownAt < pause) return;
      shownAt = now;
      const full = Math.round(share * width);
      const bar = `[${'='.repeat(full)}${' '.repeat(width - full)}] ${Math.floor(share * 100)} %`;
      out.write(out.isTTY ? `\r\u001b[K${bar}  ${text}` : `${bar}  ${text}\n`);
    },
    clear: () => {
      if (out.isTTY) out.write('\r\u001b[K');
    },
  };
}
