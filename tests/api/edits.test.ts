import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { cases, startTeam, type Team } from './team.ts';

let team: Team;
beforeAll(async () => {
  team = await startTeam();
});
afterAll(() => team.stop());

test('what changes in a case is what was named, and who changed it is who signed in', async () => {
  const id = await team.opened({ notes: 'Call first' });
  const reply = await team.people.agent('PUT', `${cases}/${id}`, { priority: 'urgent' });
  expect(reply.data).toMatchObject({
    ...{ priority: 'urgent', notes: 'Call first', service_reason: 'It stopped' },
    events: [
      { event: 'opened', by: 'agent@hvar.local' },
      { event: 'edited', by: 'agent@hvar.local' },
    ],
  });
  const status = await team.people.agent('PUT', `${cases}/${id}`, {
    ...{ priority: 'low', action_status: 'completed' },
  });
  expect(status).toMatchObject({ status: 400, details: { fields: [{ field: 'action_status' }] } });
});

test('a change is one message, which names all that changed and is taken whole', async () => {
  const id = await team.opened();
  const change = { technician: 'technician@hvar.local', notes: 'Call first', priority: 'high' };
  const put = (body: object) => team.people.leader('PUT', `${cases}/${id}`, body);
  expect(await put(change)).toMatchObject({ status: 409, details: { status: 'requested' } });
  expect((await team.people.leader('GET', `${cases}/${id}`)).data).toMatchObject({
    ...{ priority: 'medium', notes: null },
  });
  await team.scan(`HV-${id}`);
  await team.inspect(id);
  expect(await team.people.agent('PUT', `${cases}/${id}`, change)).toMatchObject({ status: 403 });
  const { data } = await put(change);
  expect(data).toMatchObject({
    ...{ action_status: 'in_progress', technician: change.technician, notes: 'Call first' },
    events: [{}, {}, {}, { event: 'edited', from: 'hub_confirmed', to: 'in_progress' }],
  });
  const { events } = z.looseObject({ events: z.array(z.looseObject({})) }).parse(data);
  expect(events.at(-1)?.data).toEqual({ ...change, texts: ['notes'] });
});

test('a change that names a hub that is not there changes nothing', async () => {
  const id = await team.opened();
  await team.scan(`HV-${id}`);
  await team.inspect(id);
  const change = { technician: 'technician@hvar.local', hub_id: 99, notes: 'Call first' };
  expect(await team.people.leader('PUT', `${cases}/${id}`, change)).toMatchObject({
    ...{ status: 404, code: 'HUB_NOT_FOUND' },
  });
  const { data } = await team.people.leader('GET', `${cases}/${id}`);
  expect(data).toMatchObject({ action_status: 'hub_confirmed', technician: null, notes: null });
});

test('words that were changed since stay changed when an older change is sent once more', async () => {
  const id = await team.opened();
  const change = (notes: string, key: string) =>
    team.people.agent('PUT', `${cases}/${id}`, { notes }, { 'idempotency-key': `${key} ${id}` });
  expect((await change('Calls after five', 'first')).data).toMatchObject({
    notes: 'Calls after five',
  });
  await change('Calls before noon', 'second');
  expect(await change('Calls after five', 'first')).toMatchObject({
    ...{ status: 200, data: { notes: 'Calls before noon' } },
  });
  expect((await team.eventsOf(id)).filter((event) => event === 'edited')).toHaveLength(2);
});
