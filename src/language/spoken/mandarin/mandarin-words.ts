import { simplifiedNumber } from './mandarin-numbers.ts';

/** The words of a region. "#" in a unit, an amount or a temperature is replaced by the number. */
export interface MandarinWords {
  /** Converts a number in Traditional characters to those of the region. */
  readonly number: (traditional: string) => string;
  readonly money: Readonly<Record<string, string>>;
  readonly units: Readonly<Record<string, string>>;
  readonly celsius: string;
  readonly fahrenheit: string;
  /** Before the number of a temperature below zero. */
  readonly belowZero: string;
  readonly less: string;
  readonly greater: string;
  readonly equals: string;
  readonly about: string;
  readonly dot: string;
  readonly hour: string;
  readonly two: string;
  readonly negative: string;
  /** After the number of a verse. */
  readonly verse: string;
}

export const TAIWAN: MandarinWords = {
  number: (traditional) => traditional,
  money: {
    NT$: '新台幣#元',
    US$: '#美元',
    HK$: '#港元',
    A$: '#澳元',
    AU$: '#澳元',
    C$: '#加元',
    CA$: '#加元',
    S$: '#新加坡元',
    R$: '#雷亞爾',
    // In Taiwan it is most often the local currency.
    $: '#元',
    '€': '#歐元',
    '£': '#英鎊',
    '¥': '#日圓',
    '₩': '#韓元',
  },
  units: {
    km: '#公里',
    m: '#公尺',
    cm: '#公分',
    mm: '#公釐',
    nm: '#奈米',
    'm²': '#平方公尺',
    'km²': '#平方公里',
    'cm²': '#平方公分',
    'm³': '#立方公尺',
    'cm³': '#立方公分',
    'km/h': '每小時#公里',
    'm/s': '每秒#公尺',
    kg: '#公斤',
    g: '#公克',
    mg: '#毫克',
    μg: '#微克',
    μm: '#微米',
    μs: '#微秒',
    μL: '#微升',
    Ω: '#歐姆',
    kΩ: '#千歐姆',
    l: '#公升',
    L: '#公升',
    ml: '#毫升',
    mL: '#毫升',
    h: '#小時',
    hr: '#小時',
    min: '#分鐘',
    MB: '#MB',
    kWh: '#度電',
    kW: '#瓩',
    W: '#瓦',
    V: '#伏特',
    kcal: '#大卡',
    Hz: '#赫茲',
    kHz: '#千赫',
    MHz: '#兆赫',
    hPa: '#百帕',
    dB: '#分貝',
    t: '#公噸',
    ha: '#公頃',
  },
  celsius: '攝氏#度',
  fahrenheit: '華氏#度',
  belowZero: '零下',
  less: '小於',
  greater: '大於',
  equals: '等於',
  about: '大約',
  dot: '點',
  hour: '點',
  two: '兩',
  negative: '負',
  verse: '節',
};

export const MAINLAND: MandarinWords = {
  number: simplifiedNumber,
  money: {
    NT$: '新台币#元',
    US$: '#美元',
    HK$: '#港元',
    A$: '#澳元',
    AU$: '#澳元',
    C$: '#加元',
    CA$: '#加元',
    S$: '#新加坡元',
    R$: '#雷亚尔',
    $: '#美元',
    '€': '#欧元',
    '£': '#英镑',
    '¥': '#元',
    '₩': '#韩元',
  },
  units: {
    km: '#公里',
    m: '#米',
    cm: '#厘米',
    mm: '#毫米',
    nm: '#纳米',
    'm²': '#平方米',
    'km²': '#平方公里',
    'cm²': '#平方厘米',
    'm³': '#立方米',
    'cm³': '#立方厘米',
    'km/h': '每小时#公里',
    'm/s': '每秒#米',
    kg: '#公斤',
    g: '#克',
    mg: '#毫克',
    μg: '#微克',
    μm: '#微米',
    μs: '#微秒',
    μL: '#微升',
    Ω: '#欧姆',
    kΩ: '#千欧姆',
    l: '#升',
    L: '#升',
    ml: '#毫升',
    mL: '#毫升',
    h: '#小时',
    hr: '#小时',
    min: '#分钟',
    MB: '#MB',
    kWh: '#千瓦时',
    kW: '#千瓦',
    W: '#瓦',
    V: '#伏',
    kcal: '#千卡',
    Hz: '#赫兹',
    kHz: '#千赫',
    MHz: '#兆赫',
    hPa: '#百帕',
    dB: '#分贝',
    t: '#吨',
    ha: '#公顷',
  },
  celsius: '#摄氏度',
  fahrenheit: '#华氏度',
  belowZero: '零下',
  less: '小于',
  greater: '大于',
  equals: '等于',
  about: '大约',
  dot: '点',
  hour: '点',
  two: '两',
  negative: '负',
  verse: '节',
};
