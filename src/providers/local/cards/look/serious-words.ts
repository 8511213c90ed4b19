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
    'brand brandes brande krieg krieges kriegs kriege kriegsende kriegsopfer kriegsjahr* kriegszeit* nachkrieg* weltkrieg* burgerkrieg* atomkrieg* schlacht schlachten ' +
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

/** Words of losses, failures and dangers, which are no reason to celebrate; by language, see `wordCount`. */
const TROUBLE_WORDS: Readonly<Record<string, string>> = {
  en:
    'loss losses lose loses losing lost fail fails failed failing failure* problem* danger* unsafe risk risks hazard* damage* crack cracks cracked ' +
    'debt* bankrupt* unemployed layoff* fired closed closing closure warning* warn warns warned poison* toxic pollut* contaminat* phishing ' +
    'breach* attack* fraud* scam* stolen theft hurt hunger thirst poverty fear afraid sad alone missing fell fall falls drop drops dropped decline*',
  de:
    'verlust* verlor verloren verlieren verliert niederlage* scheitert* gescheitert problem* gefahr* gefahrlich* risiko risiken schaden* ' +
    'riss risse schulden pleite insolven* arbeitslos* entlass* kundig* geschlossen schliesst schließt sperrung gesperrt warnung* warnt gift* ' +
    'schadstoff* verschmutz* phishing angriff* betrug* diebstahl gestohlen hunger durst armut angst traurig allein vermisst fiel fallt ' +
    'sank sinkt sinken ruckgang* widerruf* haftung haften',
  fr:
    'perte pertes perd perdu perdus perdue perdent perdre defaite* echec* echoue* probleme* danger* risque* dommage* degat* fissure* dette* faillite* ' +
    'chomage licenci* fermee fermeture* avertissement* poison* toxique* pollu* contamin* hameconnage attaque* fraude* vole arnaque* ' +
    'faim soif pauvrete peur triste disparu* baisse* baissent chute* tomba tombe tombent',
  es:
    'perdida perdidas perder pierde pierden perdio perdieron perdido derrota* fracas* problema* peligro* riesgo* dano danos grieta* deuda* quiebra* ' +
    'desempleo despid* cerrado cerrada cierre* advertencia* veneno* toxic* contamina* phishing ataque* fraude* estafa* robo robado hambre sed pobreza ' +
    'miedo triste desaparec* cayo cae caen caida* bajaron error errores',
  pt:
    'perda perdas perder perde perdem perdeu perderam perdido derrota* fracass* problema* perigo* risco* dano danos rachadura* divida* falencia* ' +
    'desemprego demiss* demit* fechado fechada fechamento alerta* veneno* toxic* contamina* phishing ataque* fraude* golpe* roubo roubado fome ' +
    'pobreza medo triste desaparec* caiu cai caem queda* recuou recuaram',
  it:
    'perdita perdite perdere perde perdono perso persa perse sconfitta sconfitte falli* problema problemi pericol* rischi* danno danni crepa ' +
    'debito debiti bancarotta disoccupa* licenzia* chiuso chiusa chiusura allerta velen* tossic* inquina* contamina* phishing attacc* frode ' +
    'frodi truffa truffe furto rubato fame sete poverta paura triste scompars* cadde calo calano scende scendono crollo',
  zh:
    '損失 损失 失敗 失败 輸了 输了 虧損 亏损 危險 危险 風險 风险 損壞 损坏 裂縫 裂缝 債務 债务 破產 破产 失業 失业 裁員 裁员 封閉 封闭 關閉 关闭 倒閉 倒闭 ' +
    '警告 警報 警报 中毒 有毒 污染 釣魚 钓鱼 外洩 泄露 攻擊 攻击 詐騙 诈骗 被偷 飢餓 饥饿 貧窮 贫穷 害怕 悲傷 悲伤 孤單 孤单 失蹤 失踪 下跌 下降 暴跌 跌破 逾期 賠償 赔偿',
};

/** True for a text, in the language of a primary subtag, that is serious or speaks of a loss, a failure or a danger. */
export function isSober(text: string, base: string): boolean {
  return isSerious(text, base) || wordCount(searched(text.slice(0, LONGEST_READ)), TROUBLE_WORDS[base] ?? '') > 0;
}
