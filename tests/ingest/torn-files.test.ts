import { expect, test } from 'vitest';
import { jsonValues } from '../../activities/json-values.ts';
import { payload } from './lab.ts';

const attempts = [{ _id: 'att-1' }, { _id: 'att-2' }];
const productInfo = [{ _id: 'PI-phantom', name: 'خلاط' }, { _id: 'PI-other' }];
const delivery = (number: string) =>
  payload(number, { attempts, productInfo, returns: [{ trackingNumber: `${number}-inner` }] });

/** The layouts in which a list of deliveries comes. */
const layouts: Record<string, (all: string[]) => string> = {
  'on one line': (all) => `[${all.join(',')}]`,
  'one on each line': (all) => `[\n${all.join(',\n')}\n]`,
  'over many lines': (all) => {
    const indented = all.map((one) => one.replaceAll('\n', '\n  '));
    return `[\n  ${indented.join(',\n  ')}\n]`;
  },
};

const written = (number: string, layout: string) =>
  JSON.stringify(delivery(number), null, layout === 'over many lines' ? 2 : 0);

/** What a list comes to: the numbers of the deliveries, and the lines and reasons of what is bad. */
async function read(text: string, isList = true, size = 1 << 20) {
  const bytes = Buffer.from(text);
  const chunks = async function* () {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  };
  const good: unknown[] = [];
  const bad: [number, string][] = [];
  for await (const found of jsonValues(chunks(), { byte_offset: 0, line: 1 }, isList)) {
    if (found.problem !== null) bad.push([found.line, found.problem]);
    else good.push(Object(found.value).trackingNumber ?? found.value);
  }
  return { good, bad };
}

const lastBrace = (text: string) => text.slice(0, text.lastIndexOf('}'));
/** What tears a delivery, and leaves where it ends to be told in any layout. */
const tears: Record<string, (text: string) => string> = {
  'its closing brace': lastBrace,
  'the opening brace of an attempt': (text) => text.replace(/\{(\s*"_id":\s*"att-1")/, '$1'),
  'the closing brace of an attempt': (text) => text.replace(/("att-1"\s*)\}/, '$1'),
  'the bracket before its attempts': (text) => text.replace(/("attempts":\s*)\[/, '$1'),
  'the bracket behind its attempts': (text) => text.replace(/("att-2"\s*\}\s*)\]/, '$1'),
  'its opening brace': (text) => text.replace('{', ''),
};

for (const [layout, list] of Object.entries(layouts))
  for (const [lost, tear] of Object.entries(tears))
    test(`a delivery that lost ${lost}, in a list ${layout}, costs no other, and nothing in it becomes an order`, async () => {
      const all = ['T-1', 'T-2', 'T-3', 'T-4'].map((number) => written(number, layout));
      const text = list([all[0] ?? '', tear(all[1] ?? ''), ...all.slice(2)]);
      for (const size of [11, 1 << 20]) {
        const { good, bad } = await read(text, true, size);
        expect(good).toEqual(['T-1', 'T-3', 'T-4']);
        expect(bad).toEqual([[expect.any(Number), expect.stringContaining('It is no JSON')]]);
      }
    });

for (const layout of ['one on each line', 'over many lines'])
  test(`a delivery that breaks off anywhere, in a list ${layout}, costs no other`, async () => {
    const torn = written('T-2', layout);
    for (let length = 1; length < torn.length; length += 7) {
      const all = [written('T-1', layout), torn.slice(0, length), written('T-3', layout)];
      const { good, bad } = await read(layouts[layout]?.(all) ?? '');
      expect([length, good]).toEqual([length, ['T-1', 'T-3']]);
      expect(bad).toHaveLength(1);
    }
  });

test('where the next delivery of a list cannot be told, the rest is said not to be taken in', async () => {
  const brokenOff = '{"trackingNumber": "T-2", "attempts": [{"_id": "att-1"';
  const behind = ['T-3', 'T-4'].map((number) => JSON.stringify({ trackingNumber: number }));
  const { good, bad } = await read(`[${[written('T-1', ''), brokenOff, ...behind].join(',')}]`);
  expect(good).toEqual(['T-1']);
  expect(bad).toEqual([
    [1, expect.stringMatching(/no JSON.*nothing from there to the end of the file is taken in/)],
  ]);
});

test('a delivery that breaks off anywhere, in a list on one line, costs no other that says whose it is', async () => {
  const torn = written('T-2', '');
  for (let length = 2; length < torn.length; length += 7) {
    const all = [written('T-1', ''), torn.slice(0, length), written('T-3', ''), written('T-4', '')];
    const { good, bad } = await read(`[${all.join(',')}]`);
    expect([length, good]).toEqual([length, ['T-1', 'T-3', 'T-4']]);
    expect(bad).toHaveLength(1);
  }
});

test('a torn delivery is told of, with its place, before the rest of its list is read', async () => {
  const all = (from: number) =>
    Array.from({ length: 400 }, (_, n) => written(`L-${from + n}`, '')).join(',');
  const begun = `[${all(0)},`;
  let told: string | null | undefined;
  const chunks = async function* () {
    yield Buffer.from(`${begun}${lastBrace(written('T-2', ''))},${all(1_000)},`);
    expect(told).toContain(`from byte ${Buffer.byteLength(begun)} of the file on`);
    yield Buffer.from(`${all(2_000)}]`);
  };
  let good = 0;
  for await (const { problem } of jsonValues(chunks(), { byte_offset: 0, line: 1 }, true)) {
    if (problem === null) good++;
    else told = problem;
  }
  expect(good).toBe(1_200);
});

test('a page of Bosta’s in a list is not torn because it is long', async () => {
  const deliveries = Array.from({ length: 600 }, (_, n) => delivery(`P-${n}`));
  const page = JSON.stringify({ success: true, data: { deliveries } });
  expect((await read(`[${page},${page}]`)).good).toEqual(Array(2).fill(JSON.parse(page)));
});

test('a delivery longer than 16 MB is refused as such, and what is behind it is taken in', async () => {
  const long = JSON.stringify(payload('L-2', { notes: 'a}"\\'.repeat(5 << 20), attempts }));
  const all = [written('L-1', ''), long, written('L-3', ''), written('L-4', '')];
  const tooLong = 'It is longer than 16 MB';
  const onOneLine = await read(`[${all.join(',')}]`);
  expect(onOneLine).toEqual({ good: ['L-1', 'L-3', 'L-4'], bad: [[1, tooLong]] });
  const lines = await read(all.join('\n'), false);
  expect(lines).toEqual({ good: ['L-1', 'L-3', 'L-4'], bad: [[2, tooLong]] });
});
