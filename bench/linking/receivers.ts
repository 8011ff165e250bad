import type { Lot } from './difficulties.ts';
import { address, home, inOtherWords, otherScript } from './homes.ts';
import { miscounted, misspelt, mistyped, nameOf, type Person, somebodyElse } from './people.ts';

const shopPhone = '01099999999';

/** Who a sale goes to: under either phone, and mostly with the other beside it. */
export function buyer(person: Person, { dice, meets, met }: Lot): Record<string, unknown> {
  const isSecond = person.secondPhone !== null && dice.chance(0.2);
  if (isSecond) met.push('second_phone');
  const phone = (isSecond ? person.secondPhone : null) ?? person.phone;
  const slip = dice.chance(0.7) ? mistyped : miscounted;
  const other = isSecond ? person.phone : person.secondPhone;
  return {
    fullName: nameOf(person, person.writes, meets('other_length') ? 'long' : 'usual'),
    phone: meets('wrong_phone_of_sale') ? slip(phone, dice) : phone,
    ...(other === null || dice.chance(0.1) ? {} : { secondPhone: other }),
  };
}

/** Who an after-sales order comes from, as it was written down. */
export function receiver(person: Person, { dice, meets, met }: Lot): Record<string, unknown> {
  const who = meets('other_name') ? somebodyElse(person, dice) : person;
  const script = meets('other_script') ? otherScript(person.writes) : person.writes;
  const form = meets('other_length') ? dice.pick(['long', 'first'] as const) : 'usual';
  const name = nameOf(who, script, form);
  const written = meets('misspelt_name') ? misspelt(name, dice) : name;
  const fullName = meets('no_name') ? null : written;
  if (meets('shop_phone')) return { fullName, phone: shopPhone };
  const isSecond = person.secondPhone !== null && dice.chance(0.5);
  if (isSecond) met.push('second_phone');
  const phone = (isSecond ? person.secondPhone : null) ?? person.phone;
  return {
    fullName,
    phone: asTyped(phone),
    ...(isSecond && dice.chance(0.5) ? { secondPhone: person.phone } : {}),
  };

  function asTyped(digits: string): string {
    if (met.includes('wrong_digit_of_regular') || meets('wrong_digit'))
      return mistyped(digits, dice);
    return meets('digit_count') ? miscounted(digits, dice) : digits;
  }
}

/** Where it is fetched or brought. */
export function placeOf(person: Person, { dice, meets }: Lot): Record<string, unknown> {
  const place = meets('moved') ? home(dice) : person.home;
  if (meets('no_place')) return { city: { name: place.city.en } };
  const words = meets('other_wording') ? inOtherWords : address;
  return words(place, person.writes, dice);
}
