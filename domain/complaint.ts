/** Words that tell what is wrong, or of which part, and that hardly a product bears in its name. */
const faults =
  "مش لا غير عدم مكسور كسر مقطوع محروق معلق مشروخ تالف بايظ خربان عطل عطلان عيب مشكله مختلف ناقص نقص تسريب صوت ريحه شياط دخان شرار وصل وقف ضعيف خدش خدوش مخدوش شرز قفله لحام فيوز ترموستات كربون كوبلن بطل باظ خرب سايب ساقع دورق خرطوم سلك كابل فيشه زرار ترس تروس هيتر غطاء? سكينه سكاكين جوان not no [a-z]{2,6}n['’]t msh mesh mish bayez bayza broken? damaged? defect\\w* faulty leak\\w* crack\\w* burn\\w* missing wrong stop\\w* nois[ey] smoke smell\\w* problem issue overheat\\w* stuck scratch\\w* weak jug hose cable blades? lid".replaceAll(
    ' ',
    '|',
  );
/** The same by the verbs of Egyptian Arabic: "بيسخن", "مبيشتغلش", "مابيلفش", "اتحرق". */
const verbs =
  'و?م?ا?(?:بي|بت)\\p{L}{2,}(?<!بيتزا|بيضه)|ما?\\p{L}{2,}ش|ا[تن](?:حرق|كسر|قطع|شرخ|خدش|عطل|خلع|فصل)(?:ت|وا)?';
const complaint = new RegExp(
  `(?<!\\p{L})(?:(?:ال)?(?:${faults})(?:ه|ت|ين|ها)?|${verbs})(?!\\p{L})`,
  'u',
);

/** Whether a text in one spelling tells what is wrong, so that its words need not name a product: "السلك مقطوع". */
export function isComplaintIn(plain: string): boolean {
  return complaint.test(plain);
}

/** Kinds that heat, and kinds that hold water: what does not heat any more is one of the first, what leaks one of the second. */
const heated =
  'oven air_fryer grill kettle coffee_machine iron steamer rice_cooker pressure_cooker cooker waffle_maker toaster egg_boiler heater hair_dryer hair_straightener pizza_maker crepe_maker bread_maker popcorn_maker slow_cooker sandwich_maker';
const watered =
  'blender food_processor juicer kettle coffee_machine iron steamer rice_cooker pressure_cooker egg_boiler water_dispenser water_filter washing_machine fridge';

/** By what it does not do any more, or has broken, a complaint tells of which kinds a product may be: "مبتشفطش". */
const traits: readonly (readonly [string, string])[] = [
  ['vacuum_cleaner', '[يت]شفط|شفط|خرطوم|hose|suction'],
  ['kneader', '[يت]عجن|عجن|knead'],
  ['meat_grinder chopper food_processor', '[يت]فرم|فرم|minc'],
  ['spice_mill', '[يت]طحن|طحن'],
  ['kettle', '[يت]غلي|boil'],
  ['blender hand_blender mixer', '[يت]خلط|خلط'],
  ['blender food_processor juicer', 'دورق|jug'],
  ['juicer', '[يت]عصر'],
  ['iron steamer', '[يت]كوي|بخار|steam'],
  [heated, 'هيتر|مش ب?[يت]سخن|لا [يت]سخن|م?ا?ب[يت]سخنش|(?:not?|[a-z]{2,6}n.?t) heat'],
  ['kneader meat_grinder', 'ترس|تروس|gear'],
  [watered, '[يت]سرب|تسريب|[يت]نقط|leak'],
  ['air_fryer', 'درج|drawer'],
];
const tellingTraits = traits.map(
  ([kinds, told]) =>
    [
      kinds.split(' '),
      new RegExp(`(?<!\\p{L})(?:و?م?ا?ب|ال|ما?|b)?(?:${told})(?:ش|ه|ها|ing|s)?(?!\\p{L})`, 'u'),
    ] as const,
);

/** The kinds that a complaint in one spelling may be about that names none. */
export function kindsToldIn(plain: string): Set<string> {
  return new Set(tellingTraits.flatMap(([kinds, told]) => (told.test(plain) ? kinds : [])));
}
