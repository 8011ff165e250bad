import { isOneLetterApart } from './sound.ts';

/**
 * The kinds of kitchen appliances by the words that shops use for them, in both
 * languages and in one spelling (domain/arabic.ts). The first seven are the
 * maker's families (hub-practice.md, "Stock"); the others are there so that a
 * foreign product is known to be another one. What is found is taken out of the
 * text, so the longer name comes before the shorter that is in it. A word that is
 * said of two kinds names both.
 */
const kinds: readonly (readonly [string, readonly string[]])[] = [
  [
    'hand_blender',
    [
      '(?:hand(?: ?held)?|stick|immersion) ?blender',
      'ها?ند(?: ?بلندر| ?بليندر)?(?! ?ميكس)',
      '(?:خلاط|بلندر) يدوي',
      'خلاط ا?يد',
    ],
  ],
  [
    'chopper',
    ['(?<!meat )chopper', 'كبه', 'شوبر', 'kobb?a', '(?:مفرمه|فرامه) (?:ال)?خضار(?:وات)?'],
  ],
  [
    'meat_grinder',
    [
      '(?:meat )?mincer',
      'me[ae]t (?:grinder|chopper)',
      '(?:مفرم|فرام)ه(?: (?:ال)?لحوم| (?:ال)?لحمه?)?',
      'maf?r[ao]?m(?:a|et)(?: la?hma?)?',
    ],
  ],
  [
    'spice_mill',
    [
      '(?:spice|coffee) (?:mill|grinder)',
      'grinder (?:spices?|coffee)',
      '(?:مطحن|طاحون|طحان)ه(?: (?:توابل|بن|قهوه|بهارات))?',
      'mill',
      'mathana',
    ],
  ],
  // By itself it is said of both.
  ['meat_grinder spice_mill', ['grinder']],
  [
    'kneader',
    [
      '(?:dough )?kneader',
      '(?:dough|stand|kitchen) mixer',
      'عجانه?',
      'خلاط عجين',
      'ستاند ?ميكسر',
      '(?:ماكينه|مكنه) (?:ال)?عجين',
      'aa?gg?ana?',
    ],
  ],
  [
    'vacuum_cleaner',
    [
      'vacuum(?: cleaner)?',
      'hoover',
      'مكنسه(?: كهربائيه)?',
      'مكانس',
      'فاكيوم(?: كلينر)?',
      'ma[kq]nas(?:a|et)',
    ],
  ],
  ['microwave', ['microwave(?: oven)?', '(?:فرن )?ما?يكروو?يف']],
  ['oven', ['(?:electric |toaster )?oven', 'فرن(?: كهربائي| كهرباء)?', 'افران', 'forn']],
  ['blender', ['blender', 'بلندر', 'خلاطه?', 'khall?a?t']],
  [
    'food_processor',
    [
      'food processor',
      'kitchen machine',
      'محضر(?:ه)? (?:ال)?طعام',
      'كي?تشن ماشين',
      'فود ?(?:بروسيسور|بروسسور)',
    ],
  ],
  [
    'air_fryer',
    [
      'air ?fryer',
      '(?:deep )?fryer',
      'قلايه(?: هوائيه| بدون زيت)?',
      'اير ?فراير',
      '[kq]all?aya(?: hawa[ei]*ya)?',
    ],
  ],
  [
    'coffee_machine',
    ['coffee ?(?:machine|maker)', 'espresso', '(?:ماكينه|مكنه) (?:ال)?قهوه', 'اسبريسو'],
  ],
  ['grill', ['(?:electric )?grill', 'شوايه', 'جريل', 'shaww?aya']],
  ['egg_boiler', ['egg (?:boiler|cooker)', 'سلاقه(?: بيض)?']],
  ['heater', ['heater', 'دفايه', 'سخان', 'daff?aya']],
  ['fan', ['fan', 'مروحه']],
  ['scale', ['scale', 'ميزان']],
  ['steamer', ['steamer', 'كاويه بخار', 'ا?ستيمر']],
  ['waffle_maker', ['waffle(?: maker)?', 'وافل']],
  ['hair_dryer', ['hair ?dryer', 'سي?شوار', 'استشوار']],
  ['kettle', ['kettle', 'غلايه', 'ك(?:ا|ي|اي)?تي?ل', 'ghall?aya']],
  [
    'sandwich_maker',
    ['sandwich (?:maker|press|toaster)', '(?:(?:محمصه|صانعه) )?(?:ال)?سا?ندوي?تش(?:ات)?(?: ميكر)?'],
  ],
  ['toaster', ['bread toaster', 'محمصه(?: (?:ال)?(?:خبز|عيش))?']],
  // By itself it is said of both.
  ['toaster sandwich_maker', ['toaster', 'توستر']],
  ['juicer', ['juicer', 'عصاره', 'عصار', 'aa?ss?ara']],
  ['mixer', ['(?:egg|hand) (?:mixer|beater)', 'مضرب(?: بيض| يدوي)?', 'خفاقه?', 'ها?ند ميكسر']],
  ['kneader mixer', ['mixer', 'ميكسر']],
  ['hair_straightener', ['(?:hair )?straightener', 'مكواه شعر', 'بيبي ليس', 'ملمس شعر']],
  ['iron', ['iron', 'مكو(?:اه?|ه|ي)', 'makw(?:a|et)(?: bokhar)?']],
  ['rice_cooker', ['rice cooker', '(?:حله|طنجره|جهاز) (?:ال)?ا?رز(?: كهرب(?:اء?|ائيه))?']],
  ['pressure_cooker', ['(?:electric )?pressure (?:cooker|pot)', '(?:حله|قدر) (?:ال)?ضغط']],
  // By itself it is said of both.
  ['rice_cooker pressure_cooker', ['(?:حله|قدر) (?:ال)?كهرب(?:اء?|ائيه)']],
  ['cooker', ['cooker', 'stove', 'بوتا?جاز', 'مسطح']],
  ['water_dispenser', ['water (?:dispenser|cooler)', 'كولدير(?: مياه)?', 'مبرد (?:مياه|ميه)']],
  ['pizza_maker', ['pizza maker', '(?:ماكينه|مكنه|صانعه|صاج) (?:ال)?بيتزا']],
  ['pasta_maker', ['pasta (?:maker|machine)', '(?:ماكينه|مكنه|صانعه) (?:ال)?مكرونه']],
  ['slicer', ['(?:vegetable )?(?:slicer|grater)', '(?:قطاعه|مبشره)(?: (?:ال)?خضار(?:وات)?)?']],
  [
    'popcorn_maker',
    ['pop ?corn(?: maker| machine)?', '(?:(?:ماكينه|مكنه|جهاز|صانعه) )?(?:ال)?(?:فشار|بوب ?كورن)'],
  ],
  [
    'ice_cream_maker',
    ['ice ?cream(?: maker| machine)?', '(?:(?:ماكينه|مكنه|جهاز) )?(?:ال)?(?:ايس ?كريم|جيلاتي)'],
  ],
  ['crepe_maker', ['crepe(?: maker| pan)?', '(?:(?:ماكينه|مكنه|جهاز|صاج) )?(?:ال)?كريب']],
  [
    'bread_maker',
    ['bread (?:maker|machine)', '(?:ماكينه|مكنه|جهاز|خبازه) (?:ال)?(?:خبز|عيش)', 'خبازه'],
  ],
  [
    'washing_machine',
    ['washing machine', 'غساله(?: ملابس| اطباق| صحون)?', 'dish ?washer', 'ghass?ala'],
  ],
  [
    'fridge',
    ['(?:refrigerator|fridge|freezer)', 'تلاجه', 'ثلاجه', 'ديب ?فريزر', 'فريزر', 'tall?aga'],
  ],
  ['air_conditioner', ['air condition(?:er|ing)', 'تكييف', 'مكيف(?: هواء)?']],
  ['water_filter', ['water (?:filter|purifier)', 'فلتر (?:مياه|ميه)']],
  ['hood', ['(?:kitchen |cooker )?hood', '(?:ال)?شفاط(?: مطبخ)?']],
  ['lint_remover', ['lint remover', '(?:ماكينه|مكنه|جهاز) (?:ازاله )?(?:ال)?وبر']],
  ['cookware', ['cookware(?: set)?', '(?:طقم )?(?:ال)?حلل', 'طاسه', 'frying pan']],
  ['slow_cooker', ['slow cooker', 'قدر طهي بطيء']],
  ['sewing_machine', ['sewing machine', '(?:ماكينه|مكنه) (?:ال)?خياطه']],
  ['massager', ['massager', '(?:جهاز )?(?:ال)?(?:مساج|تدليك)']],
  ['shaver', ['(?:shaver|trimmer|clipper)', 'ماكينه حلاقه', 'مكنه حلاقه']],
];

const patterns = kinds.map(
  ([kind, words]) =>
    [
      kind,
      new RegExp(
        `(?<![\\p{L}])(?:وال|لل|ال|و|el)?(?:${words.map(asHeard).join('|')})(?![\\p{L}])`,
        'gu',
      ),
    ] as const,
);

/** With the last letter as it is heard, and spaces wherever people put them: "كبا", "مكنسا كهربائية". */
function asHeard(word: string): string {
  return word.replaceAll(/ه(?!\p{L})/gu, '[ها]').replaceAll(' ', ' ?');
}

/** Kinds that people name by each other's word: who has a hand blender says "blender", who has a spice mill "grinder". */
const takenForEachOther = [
  ['blender', 'hand_blender', 'mixer', 'food_processor'],
  ['spice_mill', 'meat_grinder'],
  ['meat_grinder', 'chopper', 'food_processor'],
  ['kneader', 'mixer', 'food_processor'],
  ['iron', 'steamer'],
  ['oven', 'microwave', 'toaster', 'pizza_maker'],
  ['toaster', 'sandwich_maker'],
  ['rice_cooker', 'pressure_cooker', 'cooker'],
];

/** Whether people take one kind for the other. */
export function isTakenFor(kind: string, other: string): boolean {
  return takenForEachOther.some((group) => group.includes(kind) && group.includes(other));
}

/** What stands before a thing that a product comes with, and the thing: "خلاط بالمطحنة", "oven with fan". */
const comesWith = /(?<!\p{L})(?:with\s+|(?=بال))(\p{L}\S*)/gu;

/** The kinds that a text in one spelling names, the kinds of what comes with them, and what it says besides. */
export function kindsIn(plain: string): { kinds: Set<string>; parts: Set<string>; rest: string } {
  const added = [...plain.matchAll(comesWith)].map(([, thing = '']) =>
    thing.replace(/^ب(?=ال)/u, ''),
  );
  const parts = added.length === 0 ? added : kindsNamed(added.join(' ')).kinds;
  return { ...kindsNamed(plain.replaceAll(comesWith, ' ')), parts: new Set(parts) };
}

function kindsNamed(plain: string): { kinds: Set<string>; rest: string } {
  let rest = plain.replaceAll(/\p{L}{5,}/gu, rightlySpelt);
  const kinds = new Set<string>();
  for (const [kind, pattern] of patterns) {
    const without = rest.replaceAll(pattern, ' ');
    if (without !== rest) for (const one of kind.split(' ')) kinds.add(one);
    rest = without;
  }
  return { kinds, rest };
}

/** Words of kinds in which slips are set right; of five letters or more, and none that is another word but for a letter. */
const spelt =
  'blender chopper grinder mincer kneader vacuum cleaner microwave processor espresso grill steamer kettle toaster juicer fryer pressure machine kitchen بلندر مكنسه مطحنه مفرمه شوايه غلايه عصاره قلايه مكواه سلاقه عجانه ايرفراير محضر طعام'.split(
    ' ',
  );

/** A word of a kind that was typed with one letter wrong, missing or too many ("blendr", "بليندر"). */
function rightlySpelt(word: string): string {
  const [, article = '', bare = word] = /^(ال|لل|وال)?(.+)$/u.exec(word) ?? [];
  if (bare.length < 5 || spelt.includes(bare)) return word;
  const meant = spelt.find((one) => one[0] === bare[0] && isOneLetterApart(one, bare));
  return meant === undefined ? word : article + meant;
}
