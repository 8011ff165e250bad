import { readFile } from 'node:fs/promises';

/** The shell blocks of the README under a heading, joined as somebody would copy them. */
export async function commandsUnder(heading: string): Promise<string> {
  const text = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
  const section = text.split(/^## /m).find((part) => part.startsWith(heading));
  if (!section) throw new Error(`The README has no section "${heading}"`);
  const blocks = [...section.matchAll(/^```sh\n([\s\S]*?)^```$/gm)];
  return blocks.map(([, block]) => block).join('\n');
}
