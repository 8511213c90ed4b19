/** Words of one meaning by language (primary subtag), see `wordCount`. */
export type WordsByLanguage = Readonly<Record<string, string>> & { readonly en: string };

export type ColourName =
  | 'night'
  | 'white'
  | 'red'
  | 'orange'
  | 'yellow'
  | 'green'
  | 'blue'
  | 'purple'
  | 'pink'
  | 'brown';
export type SettingName =
  | 'sea'
  | 'forest'
  | 'mountains'
  | 'desert'
  | 'city'
  | 'space'
  | 'office'
  | 'classroom'
  | 'kitchen';

function words(en: string, zh: string, de: string, fr: string, es: string, pt: string, it: string): WordsByLanguage {
  return { en, zh, de, fr, es, pt, it };
}

export const COLOUR_WORDS: Readonly<Record<ColourName, WordsByLanguage>> = {
  night: words(
    'night nights nighttime midnight dark darkness black moonlit',
    '夜晚 夜裡 夜里 黑暗 黑色 深夜',
    'nacht nachts dunkel dunkle dunkler dunkles dunkelheit schwarz schwarze schwarzer',
    'nuit nuits sombre obscurite noir noire minuit',
    'noche noches oscuro oscura oscuridad negro negra medianoche',
    'noite noites escuro escura escuridao preto preta negro',
    'notte notti buio oscuro oscurita nero nera mezzanotte',
  ),
  white: words(
    'white snow snowy winter ice icy bright',
    '白色 雪 冬天 冰雪',
    'weiss weiß weisse weiße schnee winter eis hell',
    'blanc blanche neige enneige hiver glace',
    'blanco blanca nieve nevado invierno hielo',
    'branco branca neve nevado inverno gelo',
    'bianco bianca neve nevoso inverno ghiaccio',
  ),
  red: words(
    'red scarlet crimson',
    '紅色 红色',
    'rot rote roter rotes',
    'rouge rouges',
    'rojo roja',
    'vermelho vermelha',
    'rosso rossa rossi',
  ),
  orange: words(
    'orange sunset sunsets sunrise amber',
    '橙色 橘色 日落 夕陽 夕阳 日出',
    'orange sonnenuntergang sonnenaufgang abendrot',
    'orange crepuscule couchant',
    'naranja atardecer amanecer ocaso',
    'laranja entardecer amanhecer',
    'arancione tramonto alba',
  ),
  yellow: words(
    'yellow sunny golden gold',
    '黃色 黄色 金色',
    'gelb gelbe gelber golden goldene sonnig',
    'jaune jaunes dore doree ensoleille',
    'amarillo amarilla dorado dorada soleado',
    'amarelo amarela dourado dourada ensolarado',
    'giallo gialla dorato dorata soleggiato',
  ),
  green: words(
    'green emerald',
    '綠色 绿色',
    'grun grune gruner grunes',
    'vert verte verts vertes',
    'verde verdes',
    'verde verdes',
    'verde verdi',
  ),
  blue: words(
    'blue azure turquoise navy',
    '藍色 蓝色 天藍 天蓝',
    'blau blaue blauer blaues turkis',
    'bleu bleue bleus turquoise',
    'azul azules turquesa',
    'azul azuis turquesa',
    'blu azzurro azzurra turchese',
  ),
  purple: words(
    'purple violet lilac lavender',
    '紫色',
    'lila violett violette lavendel',
    'violet violette pourpre lavande',
    'morado morada violeta lavanda',
    'roxo roxa violeta lavanda',
    'viola lavanda',
  ),
  pink: words('pink', '粉紅 粉红', 'rosa pink', 'rose roses', 'rosa rosado rosada', 'rosa rosado', 'rosa rosato'),
  brown: words(
    'brown wooden chocolate',
    '棕色 褐色 咖啡色',
    'braun braune brauner',
    'marron brun brune',
    'marron',
    'marrom castanho',
    'marrone',
  ),
};

export const SETTING_WORDS: Readonly<Record<SettingName, WordsByLanguage>> = {
  sea: words(
    'sea seas ocean oceans beach coast harbour harbor underwater sailing seaside waves',
    '大海 海洋 海邊 海边 海灘 海滩 海岸 海底 港口',
    'meer meeres ozean strand kuste hafen see unterwasser wellen',
    'mer mers ocean plage port vagues',
    'mar mares oceano playa costa puerto olas',
    'mar mares oceano praia costa porto ondas',
    'mare mari oceano spiaggia onde',
  ),
  forest: words(
    'forest forests wood woods woodland jungle rainforest tree trees garden',
    '森林 樹林 树林 叢林 丛林 雨林 樹木 树木 花園 花园',
    'wald waldes walder dschungel regenwald baum baume garten',
    'foret forets jungle arbre arbres jardin',
    'bosque bosques selva arbol arboles jardin',
    'floresta florestas bosque selva arvore arvores jardim',
    'foresta foreste bosco boschi giungla albero alberi giardino',
  ),
  mountains: words(
    'mountain mountains alps summit peak peaks glacier alpine hike hikes hiking hiker hikers',
    '高山 山脈 山脉 山頂 山顶 群山 雪山 登山 爬山 山屋 山上',
    'berg berge bergen gebirge gipfel alpen gletscher berghutte berghutten almhutte wandern wanderung wanderweg bergsteig*',
    'montagne montagnes sommet alpes glacier randonnee randonnees alpage',
    'montana montanas cumbre sierra alpes glaciar senderismo montanismo',
    'montanha montanhas serra cume alpes geleira montanhismo',
    'montagna montagne vetta alpi ghiacciaio rifugio malga escursione escursioni',
  ),
  desert: words(
    'desert deserts dune dunes sahara cactus',
    '沙漠 沙丘',
    'wuste dune dunen sahara kaktus',
    'desert deserts dune dunes sahara cactus',
    'desierto desiertos duna dunas sahara cactus',
    'deserto desertos duna dunas saara cacto',
    'deserto deserti duna dune sahara cactus',
  ),
  city: words(
    'city cities town street streets skyline skyscraper skyscrapers urban downtown',
    '城市 都市 街道 街頭 街头 摩天',
    'stadt stadte strasse straße strassen straßen hochhaus hochhauser wolkenkratzer',
    'ville villes rue rues urbain urbaine',
    'ciudad ciudades calle calles rascacielos urbano',
    'cidade cidades rua ruas urbano urbana',
    'citta strada strade grattacielo urbano',
  ),
  space: words(
    'space galaxy galaxies planet planets star stars universe cosmos rocket astronaut',
    '太空 宇宙 星空 星系 銀河 银河 行星 火箭',
    'weltraum weltall galaxie planet planeten stern sterne sternenhimmel universum rakete',
    'espace galaxie planete planetes etoile etoiles univers fusee',
    'espacio galaxia planeta planetas estrella estrellas universo cohete',
    'espaco galaxia planeta planetas estrela estrelas universo foguete',
    'spazio galassia pianeta pianeti stella stelle universo razzo',
  ),
  office: words(
    'office offices meeting boardroom desk coworking',
    '辦公室 办公室 會議 会议',
    'buro buros besprechung schreibtisch konferenz',
    'bureau bureaux reunion',
    'oficina oficinas reunion escritorio',
    'escritorio escritorios reuniao',
    'ufficio uffici riunione scrivania',
  ),
  classroom: words(
    'classroom school schools blackboard lesson pupils',
    '教室 學校 学校 課堂 课堂 黑板',
    'klassenzimmer schule schulen unterricht tafel',
    'classe ecole ecoles',
    'aula escuela escuelas pizarra',
    'sala escola escolas lousa',
    'aula scuola scuole lavagna',
  ),
  kitchen: words(
    'kitchen kitchens cooking stove oven chef recipe recipes ingredients bake baking dough',
    '廚房 厨房 烹飪 烹饪 做飯 做饭 食譜 食谱 食材 下鍋 下锅 烤箱',
    'kuche kuchen kochen herd ofen rezept rezepte zutaten backen teig suppe*',
    'cuisine cuisiner four recette recettes ingredients farine',
    'cocina cocinar horno receta recetas ingredientes harina',
    'cozinha cozinhar forno fogao ingredientes farinha bolo',
    'cucina cucinare forno ricetta ricette ingredienti farina',
  ),
};
