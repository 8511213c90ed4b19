// Writes data/common-passwords.txt from the unpacked npm package @zxcvbn-ts/language-common 4.1.3, of which nothing else is needed:
// npm pack @zxcvbn-ts/language-common@4.1.3 && tar xzf zxcvbn-ts-language-common-4.1.3.tgz && node scripts/common-passwords/write.ts package
import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

/** Shorter ones are part of many good passwords. */
const LEAST_CHARACTERS = 4;
/** What the list, of mostly English passwords, lacks: usual words of other languages, and those of this program. */
const MORE = [
  'autovideo',
  'correcthorse',
  'batterystaple',
  'correcthorsebatterystaple',
  'changeme',
  'changeit',
  'letmeinnow',
  'trustnoone',
  'woaini',
  'aini',
  'wodemima',
  'zhongguo',
  'taiwan',
  'taipei',
  'beijing',
  'qwertz',
  'azerty',
  'passwort',
  'geheim',
  'hallo',
  'schatz',
  'motdepasse',
  'bonjour',
  'jetaime',
  'contrasena',
  'tequiero',
  'hola',
  'ciao',
  'amore',
  'senha',
  'saudade',
  'januar',
  'februar',
  'january',
  'february',
  'march',
  'april',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
  'spring',
  'summer',
  'autumn',
  'winter',
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
  'username',
  'default',
  'administrator',
  'superuser',
  'iloveyou',
  'ihateyou',
  'football',
  'baseball',
  'basketball',
  'liverpool',
  'arsenal',
  'chelsea',
];

const folder = process.argv[2] ?? 'package';
const listed = z.array(z.string()).parse(JSON.parse(readFileSync(`${folder}/src/passwords.json`, 'utf8')));
const words = new Set([...listed, ...MORE].map((word) => word.toLowerCase()).filter((word) => /^\S+$/.test(word)));
const kept = [...words].filter((word) => [...word].length >= LEAST_CHARACTERS).sort();
writeFileSync('data/common-passwords.txt', `${kept.join('\n')}\n`);
