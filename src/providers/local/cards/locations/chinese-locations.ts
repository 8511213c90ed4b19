import type { LocationNames, NamedLocation } from './country-names.ts';

/** Before a place. */
const BEFORE =
  /(?:在|於|于|從|从|自|往|赴|到|去|至|回|遍及|遍布|遍佈|橫跨|横跨|穿越|離開|离开|抵達|抵达|進入|进入)(?:整個|整个|整座|今天的|現在的|现在的)?$/u;
/** After a place at the beginning of a clause. */
const AFTER = /^(?:的|有|是|位於|位于|擁有|拥有|境內|境内|各地|全國|全国|北部|南部|東部|东部|西部|中部|東北部|东北部)/u;
/** After a name, these make it something else: people, a language, a sea, a dish. */
const NOT_AFTER =
  /^(?:人|裔|籍|語|语|文|式|菜|料理|海|洋|灣|湾|河|隊|队|豆|豬|猪|刀|鵝|鹅|犬|狗|貓|猫|幣|币|製|制|商|教|紙|纸|捲|卷|总|總|號|号|石|史|城(?!市)|銀行|银行|象棋|畫|画|功夫|牧羊)/u;
/** Before a name at the beginning of a clause there is nothing, or a mark. */
const CLAUSE_BEGINNING = /(?:^|[，。：；、！？「『“（\s])$/u;
const JOINING = /^(?:、|和|與|与|及|以及|或|到|至)$/u;
/** UTF-16 units before a name that are read. */
const WINDOW = 8;

/** Chinese has no capitals and no spaces: the longest name at each place counts, and the words around it. */
export function chineseLocations(text: string, { byName, longest }: LocationNames): NamedLocation[] {
  const result: NamedLocation[] = [];
  let joinsAt = -1;
  for (let at = 0; at < text.length; ) {
    const name = longestAt(text, at, byName, longest);
    const location = name === null ? undefined : byName.get(name);
    if (name === null || location === undefined) {
      at += 1;
      continue;
    }
    const end = at + name.length;
    const [before, after] = [text.slice(Math.max(0, at - WINDOW), at), text.slice(end, end + WINDOW)];
    const isPlace =
      BEFORE.test(before) ||
      (CLAUSE_BEGINNING.test(before) && AFTER.test(after)) ||
      (joinsAt !== -1 && at - joinsAt <= 2 && JOINING.test(text.slice(joinsAt, at)));
    if (isPlace && !NOT_AFTER.test(after)) {
      result.push({ ...location, start: at });
      joinsAt = end;
    }
    at = end;
  }
  return result;
}

function longestAt(text: string, at: number, byName: LocationNames['byName'], longest: number): string | null {
  for (let length = Math.min(longest, text.length - at); length > 1; length--) {
    const name = text.slice(at, at + length);
    if (byName.has(name)) return name;
  }
  return null;
}
