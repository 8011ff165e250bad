/** Bosta's id, code and spelling of a city, its Arabic name, and districts of ours: `name/Arabic`. */
const rows: [string, string, string, string, string][] = [
  [
    'FceDyHXwpSYYF9zGW',
    'EG-01',
    'Cairo',
    'القاهره',
    'Nasr City/مدينة نصر,Maadi/المعادي,Heliopolis/مصر الجديدة,New Cairo/القاهرة الجديدة,Shubra/شبرا,15 May/١٥ مايو,El Marg/المرج',
  ],
  [
    'Jrb6X6ucjiYgMP4T7',
    'EG-02',
    'Alexandria',
    'الاسكندريه',
    'Smouha/سموحة,Sidi Bishr/سيدي بشر,Agami/العجمي,Montaza/المنتزه',
  ],
  [
    '2hGtNLfRgqGrJjnW9',
    'EG-03',
    'North Coast',
    'الساحل الشمالي',
    'Sidi Abdel Rahman/سيدي عبد الرحمن,Marina/مارينا',
  ],
  [
    'g3GchTSmCgR2JynsJ',
    'EG-04',
    'Behira',
    'البحيره',
    'Damanhour/دمنهور,Kafr El Dawar/كفر الدوار,Rashid/رشيد',
  ],
  [
    'RrDhS8YYsXAwZ9Zfo',
    'EG-05',
    'Dakahlia',
    'الدقهليه',
    'Mansoura/المنصورة,Talkha/طلخا,Mit Ghamr/ميت غمر',
  ],
  [
    'yp3atroeTwnyiBNKE',
    'EG-06',
    'El Kalioubia',
    'القليوبيه',
    'Banha/بنها,Shubra El Kheima/شبرا الخيمة,Qalyub/قليوب',
  ],
  [
    'K3RwC677J8kJytdZD',
    'EG-07',
    'Gharbia',
    'الغربيه',
    'Tanta/طنطا,El Mahalla/المحلة الكبرى,Kafr El Zayat/كفر الزيات',
  ],
  [
    'ByP7rFCjL6XzF6j4S',
    'EG-08',
    'Kafr Alsheikh',
    'كفر الشيخ',
    'Kafr El Sheikh/كفر الشيخ,Desouk/دسوق',
  ],
  ['ruBSjGBDX9wpRa3cc', 'EG-09', 'Monufia', 'المنوفيه', 'Shibin El Kom/شبين الكوم,Menouf/منوف'],
  [
    '6ExcoGbpYHnggP8JD',
    'EG-10',
    'Sharqia',
    'الشرقيه',
    'Zagazig/الزقازيق,10th of Ramadan/العاشر من رمضان,Bilbeis/بلبيس',
  ],
  ['PJqNriLtFtx2cfkKP', 'EG-11', 'Ismailia', 'الاسماعيليه', 'Ismailia/الإسماعيلية,Fayed/فايد'],
  ['PickurJ5uJZ9rDTHW', 'EG-12', 'Suez', 'السويس', 'Arbaeen/الأربعين,Faisal/فيصل'],
  ['skFtf6ZmKo8kBEBDK', 'EG-13', 'Port Said', 'بور سعيد', 'El Sharq/الشرق,El Zohour/الزهور'],
  ['qoZvYcZ8Cqji4pGp5', 'EG-14', 'Damietta', 'دمياط', 'Damietta/دمياط,New Damietta/دمياط الجديدة'],
  ['BW5MiNxEirB7tuz2y', 'EG-15', 'Fayoum', 'الفيوم', 'Fayoum/الفيوم,Ibshway/ابشواي'],
  ['LzbbvTzZ7D2CgE2PL', 'EG-16', 'Bani Suif', 'بني سويف', 'Beni Suef/بني سويف,El Wasta/الواسطى'],
  ['7mDPAohM3ArSZmWTm', 'EG-17', 'Assuit', 'اسيوط', 'Assiut/أسيوط,Dairut/ديروط'],
  ['n3EENg2adhuR9xBZK', 'EG-18', 'Sohag', 'سوهاج', 'Sohag/سوهاج,Akhmim/أخميم'],
  ['si6eLnKjXqTFTMBj9', 'EG-19', 'Menya', 'المنيا', 'Minya/المنيا,Mallawi/ملوي'],
  ['vfTHTes3uGjAszgtg', 'EG-20', 'Qena', 'قنا', 'Qena/قنا,Nag Hammadi/نجع حمادي'],
  ['kLvZ5JY6LJPL5chzN', 'EG-21', 'Aswan', 'اسوان', 'Aswan/أسوان,Kom Ombo/كوم أمبو'],
  ['wgYEdH2WMzxGE2Ztp', 'EG-22', 'Luxor', 'الاقصر', 'Luxor/الأقصر,Esna/إسنا'],
  ['r5TscLCNSjR2GimxQ', 'EG-23', 'Red Sea', 'البحر الاحمر', 'Hurghada/الغردقة,Safaga/سفاجا'],
  ['w4yDVHVJWqa4HpbzA', 'EG-24', 'New Valley', 'الوادي الجديد', 'Kharga/الخارجة,Farafra/الفرافرة'],
  [
    '0064Qb0OgcA',
    'EG-25',
    'Giza',
    'الجيزه',
    'Dokki/الدقي,Haram/الهرم,6th of October/السادس من أكتوبر,Sheikh Zayed/الشيخ زايد,Imbaba/إمبابة',
  ],
  ['nG_c44vHQht', 'EG-26', 'South Sinai', 'جنوب سيناء', 'Sharm El Sheikh/شرم الشيخ,Dahab/دهب'],
  ['ZuCaDAVQlPT', 'EG-27', 'North Sinai', 'شمال سيناء', 'Arish/العريش'],
  ['KBpGiRZJMIx', 'EG-28', 'Matrouh', 'مرسي مطروح', 'Marsa Matrouh/مرسى مطروح,Siwa/سيوة'],
];

export type City = {
  id: string;
  code: string;
  name: string;
  nameAr: string;
  districts: District[];
};
export type District = {
  id: string;
  zoneId: string;
  name: string;
  nameAr: string;
  /** Bosta delivers to some places that it does not collect from. */
  collects: boolean;
};

const notCollectedFrom = new Set(['Farafra', 'Siwa']);

/** The 28 cities of Bosta with districts of our own. */
export const cities: City[] = rows.map(([id, code, name, nameAr, districts]) => ({
  id,
  code,
  name,
  nameAr,
  districts: districts.split(',').map((pair, index) => district(code, pair, index)),
}));

function district(code: string, pair: string, index: number): District {
  const [name = '', nameAr = ''] = pair.split('/');
  const number = `${code.slice(3)}${String(index + 1).padStart(2, '0')}`;
  const collects = !notCollectedFrom.has(name);
  return { id: `dst-${number}`, zoneId: `zn-${number}`, name, nameAr, collects };
}

/** Finds a city by its id, code, or name in either language. */
export function findCity(text: string): City | undefined {
  const wanted = text.trim().toLowerCase();
  return cities.find((city) =>
    [city.id, city.code, city.name, city.nameAr].some((known) => known.toLowerCase() === wanted),
  );
}

/** Finds a district of a city by its id, or name in either language. */
export function findDistrict(city: City, text: string): District | undefined {
  const wanted = text.trim().toLowerCase();
  return city.districts.find((district) =>
    [district.id, district.name, district.nameAr].some((known) => known.toLowerCase() === wanted),
  );
}

/** City, zone and district as a delivery's address carries them. */
export function placeFields(city: City, district: District | undefined) {
  const names = district && { name: district.name, nameAr: district.nameAr };
  return {
    country: { _id: '60e4482c7cb7d4bc4849c4d5', name: 'Egypt', code: 'EG' },
    city: { _id: city.id, name: city.name, nameAr: city.nameAr },
    ...(district && {
      zone: { _id: district.zoneId, ...names },
      district: { _id: district.id, ...names },
    }),
  };
}
