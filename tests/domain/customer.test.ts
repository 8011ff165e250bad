import { expect, test } from 'vitest';
import {
  type CustomerOrder,
  customerFigures,
  customerRisk,
  customerSegment,
} from '../../domain/customer.ts';
import { piastres } from '../../domain/money.ts';
import { defaultPolicy } from '../../domain/policy.ts';

type Order = CustomerOrder & { has_linked_return: boolean };

const sale = (changes: Partial<Order> = {}): Order => ({
  service_type: 'main',
  order_type_code: 10,
  state_code: 45,
  cod: piastres(900_00),
  created_at: new Date('2026-03-01T10:00:00Z'),
  created_by_system: false,
  has_linked_return: false,
  ...changes,
});
const onTheRoad = sale({ service_type: 'operational', state_code: 41 });
const cameBack = sale({ service_type: 'operational', state_code: 46 });
const pickup = sale({
  service_type: 'return',
  order_type_code: 25,
  state_code: 46,
  cod: piastres(0),
});
const figures = (...orders: Order[]) =>
  customerFigures(orders, (order) => order.has_linked_return, defaultPolicy);

test('only what was delivered and kept counts as value (lessons 9)', () => {
  expect(figures(sale(), onTheRoad, cameBack, sale({ has_linked_return: true }))).toMatchObject({
    order_count: 4,
    delivered_count: 2,
    returned_count: 2,
    delivered_value: 900_00,
    return_rate: 50,
  });
});

test('repairs and services are counted beside the orders, and are none', () => {
  const repair = sale({ service_type: 'maintenance', cod: piastres(150_00) });
  const service = sale({ service_type: 'service', cod: piastres(0) });
  expect(figures(sale(), repair, repair, service)).toMatchObject({
    ...{ order_count: 1, maintenance_count: 2, service_count: 1, delivered_value: 900_00 },
  });
});

test('a good pickup is no return, though it ends in 46 (lessons 10)', () => {
  expect(figures(sale(), pickup)).toMatchObject({
    order_count: 1,
    returned_count: 0,
    return_rate: 0,
  });
});

test('what a case sends is neither an order nor a return, whatever becomes of it', () => {
  const wayBack = sale({ service_type: 'service', created_by_system: true, state_code: 46 });
  expect(figures(sale(), wayBack)).toMatchObject({ order_count: 1, returned_count: 0 });
});

test('a sale that was called off before it left is no order', () => {
  expect(figures(sale(), sale({ service_type: 'operational', state_code: 49 })).order_count).toBe(
    1,
  );
});

test.each([
  ['problematic', 2, 0, 30],
  ['new', 1, 0, 100],
  ['vip', 10, 0, 29.9],
  ['vip', 1, 5_000_00, 0],
  ['problematic', 10, 9_000_00, 30],
  ['regular', 3, 4_999_99, 0],
  ['new', 2, 0, 0],
])('%s: %s orders, %s piastres, %s %% returned', (segment, order_count, value, return_rate) => {
  const customer = { order_count, delivered_value: piastres(value), return_rate };
  expect(customerSegment(customer, defaultPolicy)).toBe(segment);
});

test.each([
  [30, 'high'],
  [29.99, 'medium'],
  [15, 'medium'],
  [14.99, 'low'],
])('%s %% returned is a %s risk', (rate, risk) => {
  expect(customerRisk(rate, defaultPolicy)).toBe(risk);
});
