import type { FamilyOrder, Linking } from './hierarchy.ts';
import { type LinkEvidence, phonesOf } from './link-evidence.ts';
import { fullName, nameLikeness } from './name-likeness.ts';
import { productLikeness } from './product-likeness.ts';

/** What the candidates are among each other. */
export type Rivals = {
  /** How many customers have a phone one digit away: where there are many, one is near by chance. */
  neighbours: number;
  /** Of a main order whose phone is a slip away, that phone. */
  phoneOf: (main: string) => string | undefined;
  /** Whether two main orders hold different products, as far as they say. */
  areUnlike: (main: string, other: string) => boolean;
  /** Whether they say that they hold two products. */
  areTwoProducts: (main: string, other: string) => boolean;
  /** Whether they cost the same and nothing says that they are not one product. */
  areOneProduct: (main: string, other: string) => boolean;
  /** Whether who ordered the one may be who ordered the other, by their names. */
  areOfOneName: (main: string, other: string) => boolean;
};

/** Compares the candidates, as far as it is asked for: each by the id of its main order, which `mainOf` knows. */
export function rivalsAmong(
  evidence: readonly LinkEvidence[],
  mainOf: ReadonlyMap<string, FamilyOrder>,
  { read }: Linking,
): Rivals {
  const near = evidence.filter(({ phone }) => phone === 'wrong_digit');
  const phoneOf = new Map(
    near.flatMap(({ main_order_id: id }) => {
      const main = mainOf.get(id);
      return main === undefined ? [] : [[id, phonesOf(main)[0]]];
    }),
  );
  const likenessOf = (main: string, other: string) => {
    const [left, right] = [mainOf.get(main)?.product_name, mainOf.get(other)?.product_name];
    if (!left || !right || left === right) return 'same';
    return productLikeness(read(left), read(right));
  };
  const nameOf = (id: string) => {
    const main = mainOf.get(id);
    return main === undefined ? null : fullName(main);
  };
  return {
    neighbours: new Set(phoneOf.values()).size,
    phoneOf: (id) => phoneOf.get(id),
    areUnlike: (main, other) => !['same', 'kind'].includes(likenessOf(main, other)),
    areTwoProducts: (main, other) =>
      ['model', 'other', 'similar', 'unlike', 'unclear'].includes(likenessOf(main, other)),
    areOneProduct: (main, other) =>
      Number(mainOf.get(main)?.cod) > 0 &&
      mainOf.get(main)?.cod === mainOf.get(other)?.cod &&
      !['model', 'other', 'similar'].includes(likenessOf(main, other)),
    areOfOneName: (main, other) =>
      ['same', 'like'].includes(nameLikeness(nameOf(main), nameOf(other))),
  };
}
