import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cases, startTeam, type Team } from './team.ts';

let team: Team;
beforeAll(async () => {
  team = await startTeam();
  const { sql } = team.api;
  await sql`insert into cities (city_id, name, name_ar, synced_at) values ('c1', 'Cairo', 'القاهره', now())`;
  await sql`insert into districts (district_id, city_id, name, name_ar, pickup_available, synced_at)
    values ('d1', 'c1', 'Maadi', 'المعادي', true, now()), ('d2', 'c1', '15 May', '١٥ مايو', false, now())`;
  await sql`insert into districts (district_id, city_id, name, drop_off_available, synced_at)
    values ('d3', 'c1', 'Tura', false, now())`;
});
afterAll(() => team.stop());

test.each([
  [{}, ['city', 'district', 'first_line']],
  [{ city: 'Cairo', first_line: '12 Road 9' }, ['district']],
  [{ city: 'Cairo', district: 'Maadi', first_line: 'Rd 9' }, ['first_line']],
  [{ city: 'Atlantis', district: 'Maadi', first_line: '12 Road 9' }, ['city']],
  [{ city: 'القاهرة', district: 'Nowhere', first_line: '12 Road 9' }, ['district']],
  [{ city: 'Cairo', district: '١٥ مايو', first_line: '12 Road 9' }, ['district']],
])('an address that Bosta would refuse is refused first: %j', async (pickup_address, missing) => {
  const pickup = { return_method: 'bosta_pickup', customer_name: 'Mona', pickup_address };
  const reply = await team.open(pickup);
  expect(reply).toMatchObject({ status: 400, code: 'ADDRESS_INCOMPLETE', details: { missing } });
});

describe('where Bosta delivers and does not collect, who brings the product', () => {
  const pickup_address = { city: 'Cairo', district: '15 May', first_line: '12 Road 9' };
  const known = { data: { customer: { address: { district_id: 'd2' } } } };

  test('says at once where it goes back to', async () => {
    expect(await team.open({ pickup_address })).toMatchObject({ status: 201, ...known });
  });

  test('or later', async () => {
    const path = `${cases}/${await team.opened()}`;
    const reply = await team.people.agent('PUT', path, { pickup_address });
    expect(reply).toMatchObject({ status: 200, ...known });
  });

  test('but no place that Bosta does not deliver to', async () => {
    const reply = await team.open({ pickup_address: { ...pickup_address, district: 'Tura' } });
    expect(reply).toMatchObject({ status: 400, code: 'ADDRESS_INCOMPLETE' });
    expect(reply.error).toContain('district is one where Bosta does not deliver');
  });
});

test('of two districts of one name the one in the zone that was named is meant', async () => {
  await team.api
    .sql`insert into districts (district_id, city_id, zone_id, zone_name, zone_name_ar, name, synced_at)
    values ('d4', 'c1', 'z4', 'Helwan', 'حلوان', 'El Nozha', now()),
      ('d5', 'c1', 'z5', 'Heliopolis', 'مصر الجديدة', 'El Nozha', now())`;
  const at = { city: 'Cairo', district: 'el nozha', first_line: '12 Road 9' };
  const inZone = (zone: string) => team.open({ pickup_address: { ...at, zone } });
  const known = (district_id: string, zone_id: string) => ({
    data: { customer: { address: { district_id, zone_id } } },
  });
  expect(await inZone('مصر الجديده')).toMatchObject(known('d5', 'z5'));
  expect(await inZone('HELWAN')).toMatchObject(known('d4', 'z4'));
});

test('a pickup is not moved to where Bosta does not collect', async () => {
  const maadi = { city: 'Cairo', district: 'Maadi', first_line: '12 Road 9' };
  const more = { return_method: 'bosta_pickup', customer_name: 'Mona', pickup_address: maadi };
  const path = `${cases}/${await team.opened(more)}`;
  const pickup_address = { ...maadi, district: '15 May' };
  const reply = await team.people.agent('PUT', path, { pickup_address });
  expect(reply).toMatchObject({ status: 400, details: { missing: ['district'] } });
});
