import { actionTypes } from '../../domain/vocabulary.ts';
import type { Dice } from '../bosta/dice.ts';

const skus = [
  'BL-500',
  'BL-1000',
  'HB-600',
  'HB-800',
  'SM-150',
  'MG-1600',
  'KN-5',
  'VC-1800',
] as const;

/** What the agent types for the drill's case number `index`: all types in turn, by courier or brought in. */
export function openingOf(index: number, dice: Dice): object {
  const return_method = dice.chance(0.85) ? 'bosta_pickup' : 'walk_in';
  return {
    action_type: actionTypes[index % actionTypes.length],
    ...(dice.chance(0.3) ? { action_subtype: dice.pick(['warranty', 'paid']) } : {}),
    return_method,
    customer_phone: `0109${String(dice.between(0, 9_999_999)).padStart(7, '0')}`,
    customer_name: `Customer ${index}`,
    product_sku: dice.pick(skus),
    service_reason: 'It stopped',
    ...(return_method === 'walk_in' && dice.chance(0.4)
      ? {}
      : { pickup_address: address(index, dice) }),
  };
}

/** Who brings the product in may fetch it, too, and leave no address. */
function address(index: number, dice: Dice): object {
  const district = dice.pick(['New Cairo', 'Nasr City']);
  return { city: 'Cairo', district, first_line: `${index} Teseen street north` };
}
