import { appendFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { jsonValues } from '../../activities/json-values.ts';
import { takeIn } from '../../activities/take-in.ts';
import { type ImportLab, importLab } from './import-lab.ts';
import { payload } from './lab.ts';

let lab: ImportLab;
beforeAll(async () => {
  lab = await importLab();
});
afterAll(() => lab.drop());

test('lines that cannot be taken in are reported by number and reason, and cost no other line', async () => {
  const lines = [
    JSON.stringify(payload('I-1')),
    '{"trackingNumber": "I-torn", "cod": ',
    '',
    '{"cod": 5}',
    JSON.stringify(payload('I-2', { notes: 'سطر\nآخر' })),
  ];
  const end = await lab.imported(await lab.file('lines.ndjson', lines.join('\n')));
  expect(end).toMatchObject({ read: 3, changed: 2, failed: 2 });
  expect(end.bad).toEqual([
    [2, expect.stringContaining('It is no JSON')],
    [4, 'The delivery has neither a readable trackingNumber nor an _id'],
  ]);
  expect(await lab.order('I-2')).toMatchObject({ notes: 'سطر\nآخر', cod: 900_00 });
});

test('lists are read as lines are, also several, also with brackets in their texts', async () => {
  const odd = payload('I-3', { notes: 'a ] } " \\ [ {' });
  const text = `${JSON.stringify([odd, payload('I-4')], null, 2)}\n[${JSON.stringify(payload('I-5'))}\n, oops]`;
  const end = await lab.imported(await lab.file('lists.json', text));
  expect(end).toMatchObject({ read: 3, changed: 3, failed: 1 });
  expect(end.bad).toEqual([[text.split('\n').length, expect.stringContaining('no JSON')]]);
  expect(await lab.order('I-3')).toMatchObject({ notes: 'a ] } " \\ [ {' });
});

test('an old file changes nothing that is newer, though its payloads tell no time of change', async () => {
  await lab.take([payload('I-old', { state: 45, updatedAt: null })]);
  const text = JSON.stringify(payload('I-old', { state: 41, updatedAt: null }));
  const path = await lab.file('old.ndjson', text);
  await utimes(path, new Date('2026-01-01'), new Date('2026-01-01'));
  await lab.imported(path);
  expect(await lab.order('I-old')).toMatchObject({ state_code: 45 });
});

test('a file whose time is still to come is not newer than what is read after it', async () => {
  const told = (state: number) => payload('I-ahead', { state, updatedAt: null });
  const path = await lab.file('ahead.ndjson', JSON.stringify(told(41)));
  await utimes(path, new Date('2099-01-01'), new Date('2099-01-01'));
  await lab.imported(path);
  const source = { kind: 'search', read_at: new Date(), page: 1 } as const;
  await takeIn(lab.sql, [told(45)], source, new Date());
  expect(await lab.order('I-ahead')).toMatchObject({ state_code: 45 });
});

test('a file is read alike in pieces of any size', async () => {
  const text = `[{"a": "}"}, {"b": [1, {"c": "\\""}]},\n "ه", 7, null,\n  {"d": bad}\n] `;
  for (const size of [1, 2, 3, 7, 100]) {
    const bytes = Buffer.from(text);
    const pieces = async function* () {
      for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
    };
    const found: [unknown, number][] = [];
    const values = jsonValues(pieces(), { byte_offset: 0, line: 1 }, true);
    for await (const { value, line } of values) found.push([value, line]);
    expect(found).toEqual([
      [{ a: '}' }, 1],
      [{ b: [1, { c: '"' }] }, 1],
      ['ه', 2],
      [7, 2],
      [null, 2],
      [undefined, 3],
    ]);
  }
});

test('a value that never ends costs its own line alone', async () => {
  const path = await lab.file('open.json', `[\n{"trackingNumber": "O-1",\n`);
  await appendFile(path, `${JSON.stringify(payload('O-2'))}\n]`);
  const { bad } = await lab.imported(path);
  expect(bad.map(([line]) => line)).toEqual([2]);
  expect(await lab.order('O-2')).toMatchObject({ cod: 900_00 });
});

test('a file that begins with the mark of UTF-8, as Windows saves it, keeps its first delivery', async () => {
  const [list, lines] = [
    JSON.stringify([payload('B-1'), payload('B-2')]),
    '{"trackingNumber": "B-3"}',
  ];
  for (const [name, text] of Object.entries({ 'mark.json': list, 'mark.ndjson': lines })) {
    const { bad } = await lab.imported(await lab.file(name, `\uFEFF${text}`));
    expect(bad).toEqual([]);
  }
  for (const number of ['B-1', 'B-2', 'B-3']) expect(await lab.order(number)).toBeDefined();
});

test('a name that was not saved as UTF-8 is refused with what to do, and stored nowhere', async () => {
  const windows1256 = Buffer.from([0xe3, 0xe4, 0xec]); // منى
  const text = (number: string, name: Buffer) =>
    Buffer.concat([
      Buffer.from(`{"trackingNumber": "${number}", "receiver": {"fullName": "`),
      name,
      Buffer.from('"}}\n'),
    ]);
  const path = join(lab.folder, 'windows.ndjson');
  await writeFile(path, Buffer.concat([text('W-1', windows1256), text('W-2', Buffer.from('منى'))]));
  const { bad, changed } = await lab.imported(path);
  expect(bad).toEqual([[1, 'It is no UTF-8: save the file as UTF-8 and import it again']]);
  expect(changed).toBe(1);
  expect(await lab.order('W-2')).toMatchObject({ receiver_full_name: 'منى' });
});

test('deliveries that go over many lines are read without a list around them too', async () => {
  const all = ['M-1', 'M-2'].map((number) => JSON.stringify(payload(number), null, 2));
  const end = await lab.imported(await lab.file('pretty.json', all.join('\n')));
  expect(end).toMatchObject({ read: 2, changed: 2, failed: 0 });
});

test('they are too where the first line holds more than the brace', async () => {
  const pretty = (number: string) =>
    JSON.stringify(payload(number), null, 2).replace(/^\{\s+/, '{ ');
  const answer = `{ "success": true, "message": "Done",\n"data": { "deliveries": [\n${pretty('M-3')},\n${pretty('M-4')} ] } }`;
  const text = [answer, pretty('M-5'), pretty('M-6')].join('\n');
  const end = await lab.imported(await lab.file('hand-made.json', text));
  expect(end).toMatchObject({ read: 4, changed: 4, failed: 0 });
});

test.each(['\n', '\r\n'])(
  'an answer is read too whose first line ends where its list begins (%j)',
  async (end) => {
    const [one, two] = ['M-7', 'M-8'].map((number) => JSON.stringify(payload(number + end.length)));
    const text = [`{"count": 2, "deliveries": [`, `${one},`, two, ']}'].join(end);
    const imported = await lab.imported(await lab.file('page.json', text));
    expect(imported).toMatchObject({ read: 2, changed: 2, failed: 0 });
  },
);

test('lines that kept the commas of their list are read, also where they are long', async () => {
  for (const notes of ['', 'x'.repeat(70_000)]) {
    const all = ['K-1', 'K-2', 'K-3'].map((n) => payload(n + notes.length, { notes }));
    const text = all.map((one) => `${JSON.stringify(one)},\r\n`).join('');
    const end = await lab.imported(await lab.file('commas.ndjson', text));
    expect(end).toMatchObject({ read: 3, changed: 3, failed: 0 });
  }
});

test('what Bosta answered is read as it came, a page and a delivery in full', async () => {
  const page = { deliveries: [payload('A-1'), { cod: 5 }, payload('A-2')], count: 3 };
  const answers = [page, payload('A-3')].map((data) => ({ success: true, message: 'Done', data }));
  const bare = { data: { deliveries: [payload('A-5')] } };
  const lines = [...answers, [payload('A-4')], bare].map((answer) => JSON.stringify(answer));
  const end = await lab.imported(await lab.file('answers.ndjson', lines.join('\n')));
  expect(end).toMatchObject({ read: 6, changed: 5, failed: 1 });
  expect(end.bad).toEqual([[1, expect.stringContaining('neither a readable trackingNumber')]]);
  const sample = await lab.imported(
    join(import.meta.dirname, '../fixtures/bosta/search-page-v2.json'),
  );
  expect(sample).toMatchObject({ read: 3, changed: 3, failed: 0 });
});

test('lists within lists are read on one line too, and so is a list of answers, or what was in one', async () => {
  const [a, b, c, d, e, f] = ['N-1', 'N-2', 'N-3', 'N-4', 'N-5', 'N-6'].map((n) => payload(n));
  const lines = [a, [[b], [[c]]], { success: true, data: [d] }, { deliveries: [e], count: 1 }];
  const more = [[{ success: true, data: { deliveries: [f] } }], [], { deliveries: [], count: 0 }];
  const text = [...lines, ...more].map((line) => JSON.stringify(line)).join('\n');
  const end = await lab.imported(await lab.file('within.ndjson', text));
  expect(end).toMatchObject({ read: 6, changed: 6, failed: 0 });
});

test('callbacks that were kept in a file tell what went wrong, and change nothing that is newer', async () => {
  const called = { type: 'SEND', state: 47, timeStamp: Date.parse('2026-06-02T10:00:00Z') };
  const why = { exceptionCode: 3, exceptionReason: 'Postponed' };
  await lab.take([payload('V-1')]);
  const lines = ['V-1', 'V-2'].map((trackingNumber) =>
    JSON.stringify({ _id: `id-${trackingNumber}`, trackingNumber, ...called, ...why }),
  );
  await lab.imported(await lab.file('callbacks.ndjson', lines.join('\n')));
  expect(await lab.order('V-1')).toMatchObject({ state_code: 45 });
  const exception = { exception_code: 3, exception_reason: 'Postponed' };
  expect(await lab.order('V-2')).toMatchObject({
    ...{ state_code: 47, state_at: new Date('2026-06-02T10:00:00Z'), ...exception },
  });
});

test('of a delivery that is in a file several times, in any order, the newest payloads and steps are kept', async () => {
  const on = (number: string, day: number, ...steps: string[]) =>
    payload(number, {
      updatedAt: `2026-06-0${day}T10:00:00.000Z`,
      timeline: steps.map((value) => ({ value, done: true })),
    });
  const told = [
    ...[on('V-1', 3), on('V-1', 9, 'new'), on('V-1', 6)],
    ...[on('V-2', 9), on('V-2', 3, 'new'), on('V-2', 6, 'new', 'picked_up'), on('V-2', 5, 'new')],
  ];
  await lab.imported(
    await lab.file('any-order.ndjson', told.map((one) => JSON.stringify(one)).join('\n')),
  );
  const kept = await lab.sql`select array_agg(order_id || ' ' || kind || ' ' ||
      extract(day from changed_at) order by order_id, kind) as payloads
    from order_payloads where order_id in ('id-V-1', 'id-V-2')`;
  expect(kept[0]?.payloads).toEqual([
    ...['id-V-1 full 9', 'id-V-1 search 6', 'id-V-2 full 6', 'id-V-2 search 9'],
  ]);
  const steps = await lab.sql`select event_value from timeline_events
    where order_id = 'id-V-2' order by sequence_order`;
  expect(steps.map((step) => step.event_value)).toEqual(['new', 'picked_up']);
});

test('what is nested more deeply than lists ever are costs its own line alone', async () => {
  const deep = `${'['.repeat(100_000)}7${']'.repeat(100_000)}`;
  const path = await lab.file('deep.ndjson', `${JSON.stringify(payload('D-1'))}\n${deep}`);
  const { changed, bad } = await lab.imported(path);
  expect(changed).toBe(1);
  expect(bad.map(([line]) => line)).toEqual([2]);
});

test('another file than was meant, of cities or products, makes no orders', async () => {
  const others = [
    { _id: 'FceDyHXwpSYYF9zGW', name: 'Cairo', nameAr: 'القاهره', code: 'EG-01' },
    { _id: { $oid: '66a0c2' }, sku: 'BL-1000', price: 900 },
    { _id: 'a-delivery', trackingNumber: {}, state: 45 },
  ];
  const { changed, bad } = await lab.imported(
    await lab.file('others.json', JSON.stringify(others)),
  );
  expect(changed).toBe(1);
  const reason = 'It has an _id, but nothing that a delivery has';
  expect(bad.map(([, why]) => why)).toEqual([reason, reason]);
});
