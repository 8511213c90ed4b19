import { withCapitals } from './capitalized.ts';
import { nouns } from './nouns.ts';
import type { Noun } from './spoken-language.ts';

const METRIC = `
  km | kilometer
  m | meter
  cm | centimeter
  mm | millimeter
  nm | nanometer
  μm | micrometer
  m² ; m2 ; sq m | square meter
  km² ; km2 | square kilometer
  cm² | square centimeter
  m³ ; m3 | cubic meter
  cm³ | cubic centimeter
  km/h ; kph ; kmh | kilometer per hour | kilometers per hour
  m/s | meter per second | meters per second
  l ; L | liter
  dl ; dL | deciliter
  cl ; cL | centiliter
  ml ; mL | milliliter
`;
const OTHER = `
  kg | kilogram
  g | gram
  mg | milligram
  µg ; μg | microgram
  t | ton
  ha | hectare
  h ; hr ; hrs | hour
  min ; mins | minute
  s ; sec ; secs | second
  ms | millisecond
  in. | inch | inches
  ft | foot | feet
  ft² ; sq ft ; sq. ft. | square foot | square feet
  yd ; yds | yard
  mi | mile
  mph | mile per hour | miles per hour
  lb ; lbs ; lb. ; lbs. | pound
  oz ; oz. | ounce
  fl oz ; fl. oz. | fluid ounce
  qt ; qts ; qt. ; qts. | quart
  pt. | pint
  gal ; gal. | gallon
  tsp ; tsp. | teaspoon
  tbsp ; tbsp. ; Tbsp | tablespoon
  KB ; kB | kilobyte
  MB | megabyte
  GB | gigabyte
  TB | terabyte
  Mbps ; Mbit/s | megabit per second | megabits per second
  Gbps | gigabit per second | gigabits per second
  Hz | hertz | hertz
  kHz | kilohertz | kilohertz
  MHz | megahertz | megahertz
  GHz | gigahertz | gigahertz
  W | watt
  μs | microsecond
  μL ; μl | microliter
  Ω | ohm
  kΩ | kilohm
  MΩ | megohm
  kW | kilowatt
  MW | megawatt
  GW | gigawatt
  kWh | kilowatt hour
  MWh | megawatt hour
  V | volt
  kcal | kilocalorie
  cal | calorie
  kJ | kilojoule
  hPa | hectopascal
  dB | decibel
  px | pixel
  fps | frame per second | frames per second
  mpg | mile per gallon | miles per gallon
  °C ; ° C | degree Celsius | degrees Celsius
  °F ; ° F | degree Fahrenheit | degrees Fahrenheit
  ° | degree
  % | percent | percent
  ‰ | per thousand | per thousand
  x | time
`;

/** Units in the spelling of the region: "meters" or "metres". */
export function englishUnits(isBritish: boolean): Readonly<Record<string, Noun>> {
  const metric = nouns(isBritish ? METRIC.replaceAll('meter', 'metre').replaceAll('liter', 'litre') : METRIC);
  return { ...metric, ...nouns(OTHER) };
}

export const ENGLISH_ABBREVIATIONS = withCapitals({
  'Mr.': 'Mister',
  'Mrs.': 'Missus',
  'Ms.': 'Miz',
  'Prof.': 'Professor',
  'Rev.': 'Reverend',
  'Gen.': 'General',
  'Sgt.': 'Sergeant',
  'Capt.': 'Captain',
  'Lt.': 'Lieutenant',
  'Sen.': 'Senator',
  'Rep.': 'Representative',
  'Gov.': 'Governor',
  'Mt.': 'Mount',
  'Ft.': 'Fort',
  'Ave.': 'Avenue',
  'Blvd.': 'Boulevard',
  'Rd.': 'Road',
  'Jr.': 'Junior.',
  'Sr.': 'Senior.',
  'Inc.': 'Incorporated.',
  'Ltd.': 'Limited.',
  'Corp.': 'Corporation.',
  'Co.': 'Company.',
  'Dept.': 'Department',
  'Mon.': 'Monday.',
  'Tue.': 'Tuesday.',
  'Tues.': 'Tuesday.',
  'Thu.': 'Thursday.',
  'Thurs.': 'Thursday.',
  'Fri.': 'Friday.',
  'e.g.': 'for example',
  'e. g.': 'for example',
  'i.e.': 'that is',
  'i. e.': 'that is',
  'etc.': 'et cetera.',
  'vs.': 'versus',
  'approx.': 'approximately',
  'cf.': 'compare',
  'est.': 'estimated',
  'a.k.a.': 'also known as',
  'Ph.D.': 'P.H.D.',
  'B.C.': 'B.C.',
  'A.D.': 'A.D.',
});

export const ENGLISH_SHORT_WORDS: Readonly<Record<string, string>> = {
  Mr: 'Mister',
  Mrs: 'Missus',
  Ms: 'Miz',
  Prof: 'Professor',
  vs: 'versus',
  PhD: 'P.H.D.',
  Blvd: 'Boulevard',
};

export const ENGLISH_SPELLED: ReadonlySet<string> = new Set(
  (
    'FBI CIA USA UK EU UN AI API ATM CEO CFO CTO CPU GPU DNA RNA IBM IQ ID UFO USB URL UI UX VIP UV ' +
    'ISBN IPO IRS IMF AC DIY EEG ESA ETA FAQ FIFO GMO HBO MBA MIT NBA NGO NYU OECD SOS SUV ' +
    'AD BCE CE USAF UAE AWS OS ISS IVF EV EVS EPA FDA FAA FCC GDP HIV AKA AOL AMD ABC BMI EUR USD UTC'
  ).split(' '),
);
