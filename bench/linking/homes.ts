import type { Dice } from '../../dev/bosta/dice.ts';

/** A word in both scripts. */
export type Name = { ar: string; en: string };
export type Home = { city: Name; district: Name; building: number; street: number };

/** Reads "منى Mona, سارة Sara"; an underscore is a space within a name. */
export function names(text: string): [Name, ...Name[]] {
  const [first, ...others] = text.split(', ').map((pair) => {
    const [ar = '', en = ''] = pair.split(' ');
    return { ar: ar.replaceAll('_', ' '), en: en.replaceAll('_', ' ') };
  });
  if (!first) throw new Error('There are no names');
  return [first, ...others];
}

const cities = [
  names('القاهرة Cairo, مدينة_نصر Nasr_City, المعادي Maadi, مصر_الجديدة Heliopolis, شبرا Shubra'),
  names('الجيزة Giza, الدقي Dokki, الهرم Haram, فيصل Faisal, أكتوبر October'),
  names('الإسكندرية Alexandria, سموحة Smouha, ميامي Miami, العجمي Agami, سيدي_جابر Sidi_Gaber'),
] as const;

/** Anybody's home. */
export function home(dice: Dice): Home {
  const [city, ...districts] = dice.pick(cities);
  const district = districts[dice.between(0, 3)] ?? city;
  return { city, district, building: dice.between(1, 180), street: dice.between(1, 40) };
}

/** An address as Bosta has it; the city in Bosta's own spelling. */
export function address({ city, district, street, building }: Home, script: keyof Name) {
  const firstLine = script === 'ar' ? `${building} شارع ${street}` : `${building} street ${street}`;
  return { city: { name: city.en }, district: { name: district[script] }, firstLine };
}

/** The same address in the other script, or with its parts in another order. */
export function inOtherWords(home: Home, script: keyof Name, dice: Dice) {
  if (dice.chance(0.5)) return address(home, otherScript(script));
  const { street, building, district } = home;
  const firstLine =
    script === 'ar'
      ? `شارع ${street} عمارة ${building} ${district.ar}`
      : `St. ${street}, bldg ${building}, ${district.en}`;
  return { ...address(home, script), firstLine };
}

/** Who writes the one, writes the other at times. */
export function otherScript(script: keyof Name): keyof Name {
  return script === 'ar' ? 'en' : 'ar';
}
