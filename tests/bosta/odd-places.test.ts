import { expect, test } from 'vitest';
import { read } from './read-odd.ts';

test.each([
  [[31.2, 30.1]],
  [['31.2', '٣٠٫١']],
  [{ lat: 30.1, lng: 31.2 }],
  [{ latitude: '30.1', longitude: '31.2' }],
  [{ type: 'Point', coordinates: [31.2, 30.1] }],
])('%j is one place on the map', (geoLocation) => {
  const { order, unreadable } = read({ dropOffAddress: { geoLocation } });
  expect(order).toMatchObject({ dropoff_lat: 30.1, dropoff_lng: 31.2 });
  expect(unreadable).toEqual([]);
});

test.each([[[]], [{}], [null], [[null, null]], [{ lat: null, lng: '' }]])(
  '%j is no place, and nothing that could not be read',
  (place) => {
    const { order, unreadable } = read({
      deliveryLocation: place,
      state: { code: 45, delivering: { actualAddress: [30.1, 31.2] } },
    });
    expect(order).toMatchObject({ delivery_lat: 30.1, delivery_lng: 31.2 });
    expect(unreadable).toEqual([]);
  },
);

test.each([['30.1,31.2'], [[31.2]], [[200, 95]], [{ lat: 30.1 }], [{ coordinates: [[31.2]] }]])(
  'the place %j is listed',
  (geoLocation) => {
    const { order, unreadable } = read({ dropOffAddress: { geoLocation } });
    expect(order).toMatchObject({ dropoff_lat: null, dropoff_lng: null });
    expect(unreadable).toEqual([`dropOffAddress.geoLocation: ${JSON.stringify(geoLocation)}`]);
  },
);

test('a place that is named in one language alone is known by that name', () => {
  const { order } = read({
    pickupAddress: { zone: { nameAr: 'المعادي' }, district: { nameAr: 'دجلة' } },
    returnAddress: { city: { nameAr: 'القاهرة' }, district: { nameEn: 'Degla' } },
  });
  expect(order).toMatchObject({
    ...{ pickup_zone: 'المعادي', pickup_district: 'دجلة' },
    ...{ return_city: 'القاهرة', return_district: 'Degla' },
  });
});

test.each(['dropoff', 'pickup', 'return'] as const)('a %s address is read to its flat', (leg) => {
  const told = { secondLine: 'Behind the mall', buildingNumber: 12, floor: '٣', apartment: '7B' };
  const key = { dropoff: 'dropOffAddress', pickup: 'pickupAddress', return: 'returnAddress' }[leg];
  const { order, unreadable } = read({ [key]: { firstLine: '12 El Nasr st', ...told } });
  expect(order).toMatchObject({
    [leg === 'dropoff' ? 'dropoff_first_line' : `${leg}_address`]: '12 El Nasr st',
    [`${leg}_second_line`]: 'Behind the mall',
    [`${leg}_building_number`]: '12',
    [`${leg}_floor`]: '٣',
    [`${leg}_apartment`]: '7B',
  });
  expect(unreadable).toEqual([]);
});

test.each([
  ['of a sale where it goes to', { dropOffAddress: { city: { name: 'Sharqia' } } }],
  [
    'of a return where it comes from',
    { type: 25, pickupAddress: { city: 'الشرقية' }, dropOffAddress: { city: { name: 'Cairo' } } },
  ],
])('a landline without its area is the one %s', (_, where) => {
  const { order, unreadable } = read({ receiver: { phone: '234 5678' }, ...where });
  expect(order).toMatchObject({ receiver_phone: '20552345678', receiver_phone_raw: '234 5678' });
  expect(unreadable).toEqual([]);
});

test('a landline without its area stays unread where no city is told', () => {
  const { order, unreadable } = read({ receiver: { phone: '2345678' } });
  expect(order.receiver_phone).toBeNull();
  expect(unreadable).toEqual(['receiver_phone: "2345678"']);
});

test("a place that is named as Bosta's list of districts names it is read", () => {
  const named = { cityName: 'Cairo', cityOtherName: 'القاهرة', zoneName: 'Maadi' };
  const district = { districtName: 'Degla', districtOtherName: 'دجلة', cityId: 'C' };
  const { order, unreadable } = read({
    dropOffAddress: { ...named, ...district, zoneOtherName: 'المعادي' },
    ...{ pickupAddress: named, returnAddress: named },
  });
  expect(order).toMatchObject({
    ...{ dropoff_city_name: 'Cairo', dropoff_city_name_ar: 'القاهرة', dropoff_city_id: 'C' },
    ...{ dropoff_zone_name: 'Maadi', dropoff_zone_name_ar: 'المعادي' },
    ...{ dropoff_district_name: 'Degla', dropoff_district_name_ar: 'دجلة' },
    ...{ pickup_city: 'Cairo', pickup_city_ar: 'القاهرة', pickup_zone: 'Maadi' },
    return_city: 'Cairo',
  });
  expect(unreadable).toEqual([]);
});
