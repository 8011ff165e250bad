/**
 * The kinds of kitchen appliances by the words that shops use for them, in both
 * languages and in one spelling (domain/arabic.ts). The first seven are the
 * maker's families (hub-practice.md, "Stock"); the others are there so that a
 * foreign product is known to be another one. What is found is taken out of the
 * text, so the longer name comes before the shorter that is in it.
 */
const kinds: readonly (readonly [string, readonly string[]])[] = [
  [
    'hand_blender',
    ['hand ?blender', 'هاند ?بلندر', 'هند ?بلندر', '(?:خلاط|بلندر) يدوي', 'خلاط يد'],
  ],
  [
    'meat_grinder',
    ['(?:meat )?mincer', 'meat grinder', '(?:مفرم|فرام)ه(?: (?:ال)?لحوم| (?:ال)?لحمه?)?'],
  ],
  [
    'spice_mill',
    ['(?:spice|coffee) (?:mill|grinder)', 'مطحنه(?: (?:توابل|بن|قهوه|بهارات))?', 'mill', 'grinder'],
  ],
  ['kneader', ['(?:dough )?kneader', '(?:dough|stand) mixer', 'عجانه?', 'خلاط عجين']],
  ['vacuum_cleaner', ['vacuum(?: cleaner)?', 'hoover', 'مكنسه(?: كهربائيه)?', 'مكانس']],
  ['oven', ['(?:electric )?oven', 'فرن(?: كهربائي| كهرباء)?']],
  ['blender', ['blender', 'بلندر', 'خلاط']],
  ['food_processor', ['food processor', 'محضر(?:ه)? طعام', 'كبه']],
  ['air_fryer', ['air ?fryer', 'fryer', 'قلايه(?: هوائيه| بدون زيت)?', 'اير ?فراير']],
  ['kettle', ['kettle', 'غلايه', 'كاتل']],
  ['toaster', ['toaster', 'sandwich maker', 'توستر', 'محمصه', 'سندوتش ميكر']],
  ['juicer', ['juicer', 'عصاره', 'عصار']],
  ['mixer', ['(?:egg |hand )?mixer', 'مضرب(?: بيض)?', 'ميكسر']],
  ['iron', ['iron', 'مكواه?']],
  ['microwave', ['microwave', 'ميكروويف', 'مايكروويف']],
  ['cooker', ['(?:rice |pressure )?cooker', 'stove', 'بوتاجاز', 'مسطح', 'حله ضغط']],
];

const patterns = kinds.map(
  ([kind, words]) =>
    [
      kind,
      new RegExp(`(?<![\\p{L}])(?:وال|لل|ال|و)?(?:${words.join('|')})(?![\\p{L}])`, 'gu'),
    ] as const,
);

/** The kinds that a text in one spelling names. */
export function kindsIn(plain: string): Set<string> {
  // What a product comes with is no product: "خلاط بالمطحنة", "oven with fan".
  let rest = plain.replaceAll(/\bwith\s+\S+/g, ' ');
  const found = new Set<string>();
  for (const [kind, pattern] of patterns) {
    const without = rest.replaceAll(pattern, ' ');
    if (without !== rest) found.add(kind);
    rest = without;
  }
  return found;
}
