import { searched, wordCount } from './word-search.ts';

/** UTF-16 units of a text that are searched. */
const LONGEST_READ = 4_000;

/** Words of war, violence, death, illness and disaster by language (primary subtag), see `wordCount`. */
const SERIOUS_WORDS: Readonly<Record<string, string>> = {
  en:
    'war wars warfare wartime battle battles battlefield* soldier* troops army armies killed killing murder* dead death deaths died dying ' +
    'funeral* grave graves cemetery massacre* genocide* holocaust terrorist* terrorism bomb bombs bombed bombing* missile* refugee* famine* ' +
    'disaster* catastroph* earthquake* tsunami* hurricane* flood floods flooded flooding wildfire* accident* victim* injured wounded ' +
    'casualt* cancer tumor* tumour* disease* illness* pandemic* epidemic* infection* dementia suicid* abuse* violence violent rape crime ' +
    'crimes hostage* torture* slavery slaves shipwreck* bereave* mourning',
  de:
    'krieg krieges kriegs kriege kriegsende kriegsopfer kriegsjahr* kriegszeit* nachkrieg* weltkrieg* burgerkrieg* atomkrieg* schlacht schlachten ' +
    'soldat* armee armeen truppen getotet tot tote toten toter tod todes* todlich* gestorben starb starben sterben stirbt mord morde ' +
    'morder* opfer opfern grab graber friedhof* beerdigung* trauer trauern massaker* volkermord* holocaust terror* bombe bomben bombardier* ' +
    'raketenangriff* fluchtling* gefluchtet* hungersnot* katastroph* naturkatastroph* erdbeben* tsunami* hurrikan* uberschwemmung* hochwasser* waldbrand* ' +
    'waldbrande* unfall* unfalle* ungluck* absturz* verletzt verletzte* verwundet* krebs krebserkrank* tumor* krankheit* krank kranke kranken erkrankt* ' +
    'pandemie* epidemie* infektion* schlaganfall* herzinfarkt* demenz suizid* selbstmord* missbrauch* gewalt gewalttat* verbrechen* geisel* ' +
    'folter* sklaverei schiffbruch*',
  fr:
    'guerre guerres bataille batailles soldat* armee armees tues tuees mort morte morts mortes mourir meurent mourut moururent deces decede* ' +
    'meurtre* assassin* victime* cimetiere* funeraille* deuil massacre* genocide* holocauste terroris* attentat* bombe bombes bombardement* ' +
    'missile* refugies refugiees famine* catastroph* seisme* tsunami* ouragan* inondation* incendie* accident* blesses blessees cancer* tumeur* ' +
    'maladie* malade malades pandemie* epidemie* infection* suicide* violence violences viol viols crime crimes otage* torture* ' +
    'esclavage naufrage*',
  es:
    'guerra guerras batalla batallas soldado* ejercito* muerto muerta muertos muertas muerte muertes murio murieron morir mataron asesin* ' +
    'victima* cementerio* funeral* luto masacre* genocidio* holocausto terroris* atentado* bomba bombas bombardeo* misil misiles refugiados ' +
    'refugiadas hambruna* catastrof* desastre* terremoto* tsunami* huracan* inundacion* incendio* accidente* herido* heridas cancer tumor* ' +
    'enfermedad* enfermo* enferma* pandemia* epidemia* infeccion* suicidi* violencia crimen crimenes rehen rehenes tortura* esclavitud naufragio*',
  pt:
    'guerra guerras batalha batalhas soldado* exercito* morto morta mortos mortas morte mortes morreu morreram morrer mataram assassin* ' +
    'vitima* cemiterio* funeral funerais luto massacre* genocidio* holocausto terroris* atentado* bomba bombas bombardeio* missil misseis ' +
    'refugiados refugiadas catastrof* desastre* terremoto* tsunami* furacao furacoes inundacao inundacoes enchente* incendio* acidente* ' +
    'ferido* feridas cancer cancro tumor* doenca* doente* pandemia* epidemia* infeccao infeccoes suicidi* violencia crime crimes refem ' +
    'refens tortura* escravidao escravatura naufragio*',
  it:
    'guerra guerre battaglia battaglie soldato soldati esercito eserciti morto morta morti morte morirono morire ucciso uccisa uccisi ' +
    'uccise omicidi* assassin* vittima vittime cimiter* funerale funerali lutto massacr* strage stragi genocidi* olocausto terrorist* ' +
    'attentat* bomba bombe bombardament* missile missili rifugiati profugh* carestia catastrof* disastro disastri terremot* tsunami uragan* ' +
    'alluvion* inondazion* incendio incendi incidente incidenti ferito feriti cancro tumor* malattia malattie malato malati pandemi* epidemi* ' +
    'infezion* suicidi* violenza violenze crimine crimini ostagg* tortur* schiavitu naufragi*',
  zh:
    '戰爭 战争 戰役 战役 大戰 大战 軍隊 军队 士兵 死亡 死去 死者 去世 過世 过世 病逝 喪生 丧生 遇難 遇难 罹難 罹难 屍體 尸体 謀殺 谋杀 殺害 杀害 屠殺 屠杀 ' +
    '恐怖攻擊 恐怖袭击 炸彈 炸弹 轟炸 轰炸 難民 难民 饑荒 饥荒 災難 灾难 災害 灾害 地震 海嘯 海啸 洪水 水災 水灾 火災 火灾 車禍 车祸 空難 空难 船難 海难 意外事故 交通事故 ' +
    '受傷 受伤 傷亡 伤亡 癌症 腫瘤 肿瘤 疾病 生病 疫情 瘟疫 感染 中風 中风 失智 自殺 自杀 暴力 罪行 人質 人质 葬禮 葬礼 墳墓 坟墓 受害者',
};

/** True for a text, in the language of a primary subtag, that speaks of war, violence, death, illness or a disaster. */
export function isSerious(text: string, base: string): boolean {
  return wordCount(searched(text.slice(0, LONGEST_READ)), SERIOUS_WORDS[base] ?? '') > 0;
}
