/**
 * Texts and the language that a reader would name, written by hand before the detection was run on them. Each language that has a voice
 * has a long text, a sentence and a title of few words.
 */
export const TEXTS: readonly (readonly [language: string, text: string])[] = [
  // English
  [
    'en',
    'Every spring the river rises above its banks and leaves a thin layer of mud on the fields. Farmers used to wait for this moment, because the mud made the soil rich. Since the dam was built, they buy fertiliser instead.',
  ],
  ['en', 'The museum opens at nine and closes when the last visitor leaves.'],
  ['en', 'Winter Birds'],
  ['en', 'How bees find home'],
  ['en', 'THE TRAIN LEAVES AT SEVEN SHARP'],
  ['en', 'We won the game 🎉 and everybody went home happy 😊'],
  ['en', 'Johann Sebastian Bach was born in Eisenach and worked for most of his life in Leipzig.'],
  ['en', 'Hello'],
  ['en', 'Hello world'],
  ['en', 'Hi.'],
  // Chinese, Traditional
  ['zh-TW', '每年春天，河水都會漫過堤岸，在田裡留下一層薄薄的泥土。農夫從前總是等著這個時候，因為泥土讓田地變得肥沃。'],
  ['zh-TW', '博物館九點開門，最後一位訪客離開後才關門。'],
  ['zh-TW', '冬天的鳥兒'],
  ['zh-TW', '天空為什麼是藍色的'],
  ['zh-TW', '我們用 GraphQL 和 PostgreSQL 開發這個網站。'],
  ['zh-TW', '台灣的夏天很熱，記得多喝水 💧'],
  // Chinese, Simplified
  ['zh-CN', '每年春天，河水都会漫过堤岸，在田里留下一层薄薄的泥土。农夫从前总是等着这个时候，因为泥土让田地变得肥沃。'],
  ['zh-CN', '博物馆九点开门，最后一位访客离开后才关门。'],
  ['zh-CN', '冬天的鸟儿'],
  ['zh-CN', '天空为什么是蓝色的'],
  ['zh-CN', '我们用 GraphQL 和 PostgreSQL 开发这个网站。'],
  ['zh-CN', '人工智能将会改变我们的生活'],
  // German
  [
    'de',
    'Jedes Frühjahr tritt der Fluss über die Ufer und lässt eine dünne Schicht Schlamm auf den Feldern zurück. Früher warteten die Bauern auf diesen Augenblick, denn der Schlamm machte den Boden fruchtbar.',
  ],
  ['de', 'Das Museum öffnet um neun und schließt, wenn der letzte Besucher gegangen ist.'],
  ['de', 'Vögel im Winter'],
  ['de', 'Warum ist der Himmel blau?'],
  ['de', 'DER ZUG FÄHRT UM SIEBEN UHR AB'],
  ['de', 'Wir haben das Meeting auf Freitag verschoben, weil das Update noch nicht fertig ist.'],
  ['de', 'Guten Morgen'],
  // French
  [
    'fr',
    'Chaque printemps, la rivière sort de son lit et laisse une fine couche de boue sur les champs. Autrefois, les paysans attendaient ce moment, car la boue rendait la terre fertile.',
  ],
  ['fr', 'Le musée ouvre à neuf heures et ferme quand le dernier visiteur est parti.'],
  ['fr', 'Oiseaux d’hiver'],
  ['fr', 'Pourquoi le ciel est bleu'],
  ['fr', 'LE TRAIN PART À SEPT HEURES PRÉCISES'],
  ['fr', 'On a gagné le match 🎉 et tout le monde est rentré content'],
  // Spanish
  [
    'es',
    'Cada primavera el río se desborda y deja una fina capa de barro en los campos. Antes los campesinos esperaban este momento, porque el barro hacía fértil la tierra.',
  ],
  ['es', 'El museo abre a las nueve y cierra cuando se ha ido el último visitante.'],
  ['es', 'Pájaros de invierno'],
  ['es', '¿Por qué el cielo es azul?'],
  ['es', 'Los gatos duermen casi todo el día y por la noche salen a cazar.'],
  ['es', 'Buenos días'],
  // Portuguese
  [
    'pt',
    'Todas as primaveras o rio transborda e deixa uma fina camada de lama nos campos. Antigamente os camponeses esperavam por esse momento, porque a lama tornava a terra fértil.',
  ],
  ['pt', 'O museu abre às nove e fecha quando o último visitante vai embora.'],
  ['pt', 'Pássaros de inverno'],
  ['pt', 'Por que o céu é azul?'],
  ['pt', 'Os gatos dormem quase o dia todo e à noite saem para caçar.'],
  ['pt', 'Você não precisa de uma conta para assistir aos vídeos.'],
  // Italian
  [
    'it',
    'Ogni primavera il fiume esce dagli argini e lascia un sottile strato di fango sui campi. Un tempo i contadini aspettavano questo momento, perché il fango rendeva fertile la terra.',
  ],
  ['it', 'Il museo apre alle nove e chiude quando se ne va l’ultimo visitatore.'],
  ['it', 'Uccelli d’inverno'],
  ['it', 'Perché il cielo è blu?'],
  ['it', 'Buongiorno a tutti'],
  // Dutch
  [
    'nl',
    'Elk voorjaar treedt de rivier buiten haar oevers en laat ze een dunne laag modder achter op de velden. Vroeger wachtten de boeren op dit moment, omdat de modder de grond vruchtbaar maakte.',
  ],
  ['nl', 'Het museum gaat om negen uur open en sluit als de laatste bezoeker weg is.'],
  ['nl', 'Vogels in de winter'],
  ['nl', 'Waarom is de lucht blauw?'],
  // Swedish
  [
    'sv',
    'Varje vår svämmar floden över och lämnar ett tunt lager lera på åkrarna. Förr väntade bönderna på det ögonblicket, eftersom leran gjorde jorden bördig.',
  ],
  ['sv', 'Museet öppnar klockan nio och stänger när den sista besökaren har gått.'],
  ['sv', 'Fåglar på vintern'],
  ['sv', 'Varför är himlen blå?'],
  // Danish
  [
    'da',
    'Hvert forår går floden over sine bredder og efterlader et tyndt lag mudder på markerne. Før i tiden ventede bønderne på dette øjeblik, fordi mudderet gjorde jorden frugtbar.',
  ],
  ['da', 'Museet åbner klokken ni og lukker, når den sidste gæst er gået hjem.'],
  ['da', 'Fugle om vinteren'],
  ['da', 'Hvorfor er himlen blå, og hvad gør skyerne hvide?'],
  // Norwegian Bokmål
  [
    'nb',
    'Hver vår går elven over sine bredder og etterlater et tynt lag med gjørme på jordene. Før i tiden ventet bøndene på dette øyeblikket, fordi gjørmen gjorde jorda fruktbar.',
  ],
  ['nb', 'Museet åpner klokka ni og stenger når den siste gjesten har gått hjem.'],
  ['nb', 'Fuglene om vinteren spiser av brettet utenfor vinduet mitt.'],
  ['nb', 'Hvorfor er himmelen blå, og hva gjør skyene hvite?'],
  // Finnish
  [
    'fi',
    'Joka kevät joki tulvii yli äyräidensä ja jättää pelloille ohuen kerroksen mutaa. Ennen maanviljelijät odottivat tätä hetkeä, koska muta teki maasta hedelmällisen.',
  ],
  ['fi', 'Museo avataan yhdeksältä ja suljetaan, kun viimeinen kävijä on lähtenyt.'],
  ['fi', 'Talven linnut'],
  // Polish
  [
    'pl',
    'Każdej wiosny rzeka występuje z brzegów i zostawia na polach cienką warstwę mułu. Dawniej rolnicy czekali na tę chwilę, ponieważ muł użyźniał ziemię.',
  ],
  ['pl', 'Muzeum otwiera się o dziewiątej, a zamyka, gdy wyjdzie ostatni gość.'],
  ['pl', 'Ptaki zimą'],
  ['pl', 'Dlaczego niebo jest niebieskie?'],
  // Czech
  [
    'cs',
    'Každé jaro se řeka vylije z břehů a zanechá na polích tenkou vrstvu bahna. Dříve rolníci na tuto chvíli čekali, protože bahno dělalo půdu úrodnou.',
  ],
  ['cs', 'Muzeum se otevírá v devět a zavírá, když odejde poslední návštěvník.'],
  ['cs', 'Ptáci v zimě'],
  // Hungarian
  [
    'hu',
    'A folyó minden tavasszal kilép a medréből, és vékony iszapréteget hagy a földeken. Régen a gazdák várták ezt a pillanatot, mert az iszap termékennyé tette a talajt.',
  ],
  ['hu', 'A múzeum kilenckor nyit, és akkor zár, amikor az utolsó látogató elment.'],
  ['hu', 'Madarak télen'],
  // Romanian
  [
    'ro',
    'În fiecare primăvară râul iese din matcă și lasă pe câmpuri un strat subțire de noroi. Odinioară țăranii așteptau acest moment, pentru că noroiul făcea pământul roditor.',
  ],
  ['ro', 'Muzeul se deschide la nouă și se închide când a plecat ultimul vizitator.'],
  ['ro', 'Păsări de iarnă'],
  // Turkish
  [
    'tr',
    'Her ilkbaharda nehir taşar ve tarlalarda ince bir çamur tabakası bırakır. Eskiden çiftçiler bu anı beklerdi, çünkü çamur toprağı verimli kılardı.',
  ],
  ['tr', 'Müze dokuzda açılır ve son ziyaretçi gittikten sonra kapanır.'],
  ['tr', 'Kış kuşları'],
  // Indonesian
  [
    'id',
    'Setiap musim hujan sungai itu meluap dan meninggalkan lapisan lumpur tipis di sawah. Dahulu para petani menunggu saat ini, karena lumpur membuat tanah menjadi subur.',
  ],
  ['id', 'Museum buka pukul sembilan dan tutup setelah pengunjung terakhir pulang.'],
  ['id', 'Burung di musim dingin'],
  // Catalan
  [
    'ca',
    'Cada primavera el riu es desborda i deixa una fina capa de fang als camps. Abans els pagesos esperaven aquest moment, perquè el fang feia fèrtil la terra.',
  ],
  ['ca', 'El museu obre a les nou i tanca quan ha marxat l’últim visitant.'],
  ['ca', 'Per què el cel és blau?'],
  // Russian
  [
    'ru',
    'Каждую весну река выходит из берегов и оставляет на полях тонкий слой ила. Раньше крестьяне ждали этого момента, потому что ил делал землю плодородной.',
  ],
  ['ru', 'Музей открывается в девять и закрывается, когда уходит последний посетитель.'],
  ['ru', 'Зимние птицы'],
  // Ukrainian
  [
    'uk',
    'Щовесни річка виходить з берегів і залишає на полях тонкий шар мулу. Раніше селяни чекали цієї миті, бо мул робив землю родючою.',
  ],
  ['uk', 'Музей відчиняється о дев’ятій і зачиняється, коли піде останній відвідувач.'],
  ['uk', 'Зимові птахи'],
  // Greek
  [
    'el',
    'Κάθε άνοιξη το ποτάμι ξεχειλίζει και αφήνει στα χωράφια ένα λεπτό στρώμα λάσπης. Παλιά οι αγρότες περίμεναν αυτή τη στιγμή, γιατί η λάσπη έκανε τη γη γόνιμη.',
  ],
  ['el', 'Πουλιά του χειμώνα'],
];

/** Texts in languages without a voice. */
export const TEXTS_WITHOUT_VOICE: readonly (readonly [language: string, text: string])[] = [
  ['ja', '毎年春になると、川の水があふれて、畑に薄い泥の層が残ります。'],
  ['ja', '冬の鳥について'],
  ['ko', '매년 봄이 되면 강물이 넘쳐 밭에 얇은 진흙층을 남깁니다.'],
  ['ar', 'في كل ربيع يفيض النهر ويترك طبقة رقيقة من الطين على الحقول.'],
  ['he', 'בכל אביב הנהר עולה על גדותיו ומשאיר שכבה דקה של בוץ בשדות.'],
  ['th', 'ทุกฤดูใบไม้ผลิ แม่น้ำจะเอ่อล้นตลิ่งและทิ้งโคลนบาง ๆ ไว้บนทุ่งนา'],
  ['hi', 'हर वसंत में नदी अपने किनारों से ऊपर बहती है और खेतों में मिट्टी छोड़ जाती है।'],
  [
    'vi',
    'Mỗi mùa xuân con sông lại tràn bờ và để lại một lớp bùn mỏng trên cánh đồng. Ngày xưa nông dân chờ đợi lúc này, vì bùn làm cho đất màu mỡ.',
  ],
];

/** Texts with parts in several languages, and the language of the greatest part. */
export const MIXED_TEXTS: readonly (readonly [language: string, text: string])[] = [
  [
    'de',
    'Der Satz „To be or not to be, that is the question“ stammt aus Hamlet. Kaum ein anderer Vers wird so oft zitiert, und kaum einer wird so oft falsch verstanden.',
  ],
  [
    'en',
    'The Germans have a word for it: Torschlusspanik. It names the fear that time runs out, and there is no short way to say it in English. The French say je ne sais quoi.',
  ],
  ['zh-TW', '他說：「Stay hungry, stay foolish.」這句話影響了很多人，也改變了我們對失敗的看法。'],
  [
    'fr',
    'Le mot « weekend » vient de l’anglais, comme « parking », « shopping » et « marketing », mais tout le monde le comprend en France.',
  ],
];
