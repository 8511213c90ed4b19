import type { SharedNames } from './shared-names.ts';

/**
 * Words of which a text must have one to show a picture that fits only one field: an oven is for baking and not for
 * glass, a fork is for meals and not for what plants feed on. Written as in the brackets of `MotifNames`.
 */
export const NEEDED_CUES: SharedNames = {
  oven: {
    en: 'bak bread cake pizza cookie pie dough roast lasagn casserole chicken potato preheat °c microwave',
    de: 'back gebacken brot brötchen kuchen pizza teig braten auflauf plätzchen keks lasagne hähnchen kartoffel vorheiz °c mikrowelle',
    fr: 'pain gâteau pizza tarte pâte rôti gratin lasagne poulet cui enfourn préchauff °c micro biscuit',
    es: 'pan pastel pizza tarta masa asad asar bizcocho galleta lasaña pollo hornee hornear precalent °c microondas',
    pt: 'pão pães bolo pizza torta massa assad assar asse biscoito lasanha frango preaquec °c micro',
    it: 'pane torta pizza impasto arrost biscott lasagn pollo infornar infornate preriscald °c microonde cuoc cuoci',
    zh: '烤 烘 麵包 面包 蛋糕 披薩 披萨 餅 饼 微波',
  },
  microphone: {
    en: 'radio press stage podcast studio =sing singer singing song concert record broadcast presenter karaoke speech journalist',
    de: 'radio presse bühne podcast studio singen sänger gesang konzert aufnahme sendung moderat rede journalist reporter',
    fr: 'radio presse scène podcast studio chant concert enregistr émission présentat discours journalist',
    es: 'radio prensa escenario podcast estudio cant concierto grab programa presentador discurso periodista',
    pt: 'rádio imprensa palco podcast estúdio cant concerto show grava programa apresentador discurso jornalista',
    it: 'radio stampa palco podcast studio cant concerto registra trasmission presentat discorso giornalist',
    zh: '廣播 广播 電台 电台 記者 记者 舞台 播客 錄音 录音 唱 演唱 節目 节目 演講 演讲 主持',
  },
  'fork-knife': {
    en: 'meal dish dishes table restaurant eat eats eating ate cook lunch dinner breakfast plate chef menu hungry cuisine guest',
    de: 'mahlzeit gericht tisch restaurant =essen =isst =aß gegessen koch mittagessen abendessen frühstück teller speise hunger hungrig gast gäste',
    fr: 'repas plat table restaurant mange manger cuisin déjeuner dîner assiette chef menu faim',
    es: 'comida plato mesa restaurante come comer comen cocina desayun cena almuerz menú hambre',
    pt: 'refeição refeições prato mesa restaurante come comer comem cozinh jantar almoç café cardápio fome',
    it: 'pasto pasti piatt tavol ristorante mangia cucina pranz =cena cenare colazione menù fame',
    zh: '餐 吃 菜 飯 饭 飲食 饮食 煮',
  },
  'cooking-pot': {
    en: 'cook boil soup recipe stew simmer sauce =fry fried frying ingredient chef noodle pasta saucepan pan dish',
    de: 'koch suppe rezept eintopf köchel soße braten gebraten zutat nudel pfanne dünst topf hitze',
    fr: 'cuire cuisson cuisiner cuisinier recette soupe bouill mijot sauce ingrédient poêle plat casserole',
    es: 'cocinar cocine cocino cocinó cociner cocido sopa receta guis herv hierv salsa ingrediente sartén fríe freír sofr cacerola olla cuec',
    pt: 'cozinhar cozinhe cozinhou cozinheir sopa receita ferv molho ingrediente frigideira frit refog panela caçarola',
    it: 'cuoc cuoci cucinar cucinat zuppa ricetta boll sugo ingredient padella frigg soffrigg pentola tegame',
    zh: '煮 湯 汤 食譜 食谱 炒 燉 炖 食材 做菜 烹 料理 鍋 锅',
  },
  '🏝️': {
    en: 'beach palm tropical lagoon reef coconut coral snorkel caribbean pacific =sea ocean turtle holiday',
    de: 'strand palme trop lagune riff kokos koralle schnorchel karibik pazifik meer schildkröte urlaub',
    fr: 'plage palmier tropic lagon récif coco corail caraïbe pacifique =mer océan tortue vacances',
    es: 'playa palmera tropic laguna arrecife coco coral caribe pacífico =mar océano tortuga vacaciones',
    pt: 'praia palmeira coqueir tropic lagoa recife coral caribe pacífico =mar oceano tartaruga férias',
    it: 'spiagg palm tropical laguna barriera cocco corall caraib pacifico =mare oceano tartarug vacanz',
    zh: '沙灘 沙滩 海灘 海滩 海 棕櫚 棕榈 椰 熱帶 热带 珊瑚 度假',
  },
  recycle: {
    en: 'recycl sort sorted sorting separat reus glass paper plastic bottle',
    de: 'recycl trenn wiederverwert wiederverwend altglas altpapier glascontainer pfand gelbe',
    fr: 'recycl tri trier triez séparer réutilis conteneur',
    es: 'recicl separ clasific reutiliz contenedor',
    pt: 'recicl separ seletiva reutiliz',
    it: 'ricicl differenziat separ riutilizz riuso',
    zh: '回收 分類 分类 再利用 再生',
  },
  '🗺️': {
    en: 'journey route countr region road trip travel cit town hik trail explor treasure navigat geograph street border lost tourist printed paper',
    de: 'reise route land länder region straße weg fahrt stadt städte wander schatz geograf geograph grenze tourist verlauf papier',
    fr: 'voyage route pays région chemin ville randonn sentier explor trésor navig géograph rue frontière perdu touriste papier',
    es: 'viaj ruta país países región camino carretera ciudad sender explor tesoro naveg geogr calle frontera turista papel',
    pt: 'viag viaj rota país países região caminho estrada cidade trilha explor tesouro naveg geogr rua fronteira turista papel',
    it: 'viagg percorso paes region strada cammin città sentier esplor tesoro navig geograf confin turist carta',
    zh: '旅 路線 路线 國家 国家 城市 探險 探险 航海 地理 街 迷路 寶藏 宝藏 導航 导航 紙 纸',
  },
  '🫀': {
    en: 'beat beats beating pump blood disease surgery attack pressure doctor patient hospital cardi valve arter vein muscle transplant',
    de: 'schläg schlag pump blut krank operation infarkt arzt ärzt patient klinik klappe ader muskel transplant',
    fr: 'bat battements sang malad opér infarctus médecin patient hôpital cardia crise artère muscle greffe tension',
    es: 'lat bombea sangre enferm operac infarto médic paciente hospital cardía arteria músculo trasplante presión',
    pt: 'bate batimento bomb sangue doença operaç infarto médic paciente hospital cardía artéria músculo transplante pressão',
    it: 'batt pomp sangue malatt operaz infarto medic paziente ospedale cardia arteri muscol trapianto pressione',
    zh: '血 病 醫 医 手術 手术 跳動 跳动 器官 心肌',
  },
  database: {
    en: 'server stor center centre database disk cloud comput collect backup file network',
    de: 'server speicher zentrum zentren datenbank festplatte cloud computer sammel backup datei netz rechen',
    fr: 'serveur stock centre base disque cloud ordinateur collect sauvegard fichier réseau',
    es: 'servidor almacen centro base disco nube ordenador computador recopil respaldo copia archivo red',
    pt: 'servidor armazen centro banco disco nuvem computador colet backup cópia arquivo rede',
    it: 'server archivi centro database disco cloud computer raccogli raccol backup copia file rete',
    zh: '庫 库 伺服 服务器 儲存 存储 備份 备份 雲端 云端 電腦 电脑 收集',
  },
};
