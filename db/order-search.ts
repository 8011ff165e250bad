import {
  statesCalled,
  statesWithWord,
  typesCalled,
  typesWithWord,
} from '../domain/delivery-words.ts';
import { withoutMarks } from '../domain/digits.ts';
import { canonicalPhone } from '../domain/phone.ts';
import type { Fragment, Sql } from './client.ts';
import { folded } from './places.ts';

const codesCalled = { state: statesCalled, order_type: typesCalled };

/** Whether the order `o` is in a state, or of a type, by Bosta's code or a name. By code where it has one: Bosta calls the good end of a return "Delivered" too. */
export function isCalled(sql: Sql, kind: 'state' | 'order_type', given: string): Fragment {
  const code = sql`o.${sql(`${kind}_code`)}`;
  if (/^\d{1,9}$/.test(given)) return sql`${code} = ${Number(given)}`;
  const saysSo = sql`lower(o.${sql(`${kind}_value`)}) = ${given.toLowerCase()}`;
  const codes = codesCalled[kind](given);
  return codes.length === 0
    ? saysSo
    : sql`(${code} = any(${codes}) or (${code} is null and ${saysSo}))`;
}

/** Whether one of the order's phones is this one. */
export function hasPhone(sql: Sql, phone: string): Fragment {
  return sql`(o.receiver_phone = ${phone} or o.receiver_second_phone = ${phone})`;
}

/** Whether people would find the order by this: a whole phone, or words that they know it by. */
export function isFoundBy(sql: Sql, text: string): Fragment {
  const phone = canonicalPhone(text);
  return phone === undefined ? hasWords(sql, text) : hasPhoneOrNumber(sql, phone, text);
}

/** By their indexes: who types a whole phone looks for nothing else, but some tracking numbers look like one. */
function hasPhoneOrNumber(sql: Sql, phone: string, text: string): Fragment {
  return sql`(${hasPhone(sql, phone)} or o.tracking_number = ${text})`;
}

/** Whether each of the words stands somewhere in what people know an order by, in any spelling, or in the name of its type or state. */
function hasWords(sql: Sql, text: string): Fragment {
  const known = folded(
    sql,
    sql`concat_ws(' ', o.tracking_number, o.business_reference, o.receiver_full_name,
      o.receiver_phone, o.receiver_second_phone, o.product_name)`,
  );
  // One condition for each word: as one over a list of them it would be a query of its own for each order.
  const words = withoutMarks(text)
    .split(/\s+/)
    .map((word) => {
      const stands = sql`strpos(${known}, ${folded(sql, sql`${word}::text`)}) > 0`;
      return sql`and (${stands} or ${isInName(sql, word)})`;
    });
  return sql`(true ${words})`;
}

/** Whether this is a whole word of what the order's type or state is called, by us or on the order itself. */
function isInName(sql: Sql, word: string): Fragment {
  const said = sql`lower(concat(' ', o.state_value, ' ', o.order_type_value, ' '))`;
  return sql`(o.state_code = any(${statesWithWord(word)})
    or o.order_type_code = any(${typesWithWord(word)})
    or strpos(${said}, ${` ${word.toLowerCase()} `}) > 0)`;
}
