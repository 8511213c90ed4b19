import { emojiIn } from '../../../../drawing/emoji.ts';
import { normalized } from '../../../../unicode.ts';
import { MOTIF_NAMES } from './motif-names.ts';

/**
 * Things that have an emoji, and their names: English (a final "s" is ignored), then Chinese in both scripts, matched
 * anywhere. Words with a second common meaning are left out on purpose; a wrong picture is worse than none.
 */
const MOTIFS: readonly (readonly [emoji: string, words: string, chinese: string])[] = [
  ['🦋', 'butterfly butterflie monarch moth', '蝴蝶 斑蝶'],
  ['🐝', 'bee honeybee hive beehive pollinator', '蜜蜂 蜂巢'],
  ['🐳', 'whale', '鯨 鲸'],
  ['🐬', 'dolphin', '海豚'],
  ['🐟', 'fish fishe', '魚 鱼'],
  ['🐦', 'bird sparrow', '小鳥 小鸟 鳥類 鸟类 候鳥 候鸟'],
  ['🐘', 'elephant', '大象'],
  ['🐱', 'cat kitten', '貓 猫'],
  ['🐶', 'dog puppy puppie', '小狗 狗狗'],
  ['🐢', 'turtle tortoise', '海龜 海龟 烏龜 乌龟'],
  ['🐜', 'ant', '螞蟻 蚂蚁'],
  ['🌳', 'tree forest wood oak', '樹木 树木 森林 大樹 大树'],
  ['🌱', 'seed seedling sprout plant', '種子 种子 植物 發芽 发芽 幼苗'],
  ['🌸', 'flower blossom petal', '花朵 開花 开花 花瓣 櫻花 樱花'],
  ['🍂', 'autumn leaf leave', '秋天 落葉 落叶 秋季'],
  ['❄️', 'winter snow snowflake ice', '冬天 冬季 下雪 雪花 冰川 冰河'],
  ['☀️', 'sun sunlight sunshine summer solar', '太陽 太阳 陽光 阳光 夏天'],
  ['🌧️', 'rain rainfall raindrop', '下雨 雨水 雨滴 降雨'],
  ['🌊', 'ocean sea wave tide', '海洋 大海 海浪 潮汐 海水'],
  ['🏔️', 'mountain peak summit alp', '山脈 山脉 高山 山峰 玉山'],
  ['🌋', 'volcano volcanoe lava eruption', '火山'],
  ['🏜️', 'desert', '沙漠'],
  ['🌍', 'earth planet world globe climate', '地球 世界 全球 氣候 气候'],
  ['🌙', 'moon lunar night', '月亮 月球 夜晚'],
  ['⭐', 'star galaxy', '星星 恆星 恒星 銀河 银河'],
  ['🚀', 'rocket launch spaceship', '火箭 太空 發射 发射'],
  ['🔭', 'telescope astronomer astronomy', '望遠鏡 望远镜 天文'],
  ['⚡', 'electricity lightning electric energy', '電力 电力 閃電 闪电 能源 能量'],
  ['🔥', 'fire flame', '火焰 燃燒 燃烧'],
  ['💧', 'water droplet', '水滴 淡水 喝水 清水'],
  ['🧭', 'compass navigate navigation direction', '指南針 指南针 導航 导航 方向'],
  ['🗺️', 'map route journey', '地圖 地图 路線 路线 旅程'],
  ['🏙️', 'city citie skyline urban', '城市 都市'],
  ['🏝️', 'island', '島嶼 岛屿 島 岛'],
  ['🏮', 'lantern temple', '燈籠 灯笼 廟 庙 夜市'],
  ['🏠', 'house home', '房子 家園 家园 住宅'],
  ['🌉', 'bridge', '橋樑 橋梁 桥梁 大橋 大桥'],
  ['🚆', 'train railway', '火車 火车 鐵路 铁路 高鐵 高铁'],
  ['🚲', 'bicycle bike cyclist cycling', '自行車 自行车 腳踏車 單車 单车'],
  ['✈️', 'plane airplane aircraft flight', '飛機 飞机 航班'],
  ['⛵', 'ship boat sail sailor', '船 帆'],
  ['☕', 'coffee espresso caffeine', '咖啡'],
  ['🧋', 'boba', '珍珠奶茶 奶茶'],
  ['🍵', 'tea', '茶'],
  ['🍚', 'rice', '米飯 米饭 稻米'],
  ['🍞', 'bread bakery sourdough', '麵包 面包'],
  ['🍯', 'honey nectar', '蜂蜜 花蜜'],
  ['🍎', 'apple fruit', '蘋果 苹果 水果'],
  ['👩‍🍳', 'chef cook kitchen recipe', '廚師 厨师 廚房 厨房 料理'],
  ['📖', 'book read reader story storie reading', '書本 书本 閱讀 阅读 故事'],
  ['✍️', 'write writer script writing narration', '寫作 写作 文字 腳本 脚本 劇本 剧本'],
  ['🎓', 'school student university learn learning lesson', '學校 学校 學生 学生 大學 大学 學習 学习'],
  ['🔬', 'science scientist microscope laboratory research researcher', '科學 科学 研究 實驗 实验'],
  ['🧬', 'dna gene genetic', '基因'],
  ['🧠', 'brain memory mind neuron', '大腦 大脑 記憶 记忆'],
  ['❤️', 'heart love', '心臟 心脏 愛心 爱心'],
  ['🩺', 'doctor medicine health hospital', '醫生 医生 醫療 医疗 健康'],
  ['😴', 'sleep asleep dream', '睡眠 睡覺 睡觉'],
  ['💡', 'idea lamp bulb invention', '想法 點子 点子 燈泡 灯泡 發明 发明 創意 创意'],
  ['💻', 'computer laptop software programmer', '電腦 电脑 軟體 软件 程式'],
  ['📱', 'phone smartphone', '手機 手机'],
  ['🤖', 'robot automatic automation', '機器人 机器人 自動 自动 人工智慧 人工智能'],
  ['🎙️', 'voice speech microphone speak spoken', '聲音 声音 語音 语音 旁白 朗讀 朗读'],
  ['🎵', 'music song melody', '音樂 音乐 歌曲 旋律'],
  ['🎬', 'video film movie cinema', '影片 视频 電影 电影'],
  ['🎨', 'art artist picture paint painting colour color', '畫面 画面 圖片 图片 繪畫 绘画 藝術 艺术 色彩'],
  ['📷', 'camera photo photograph', '相機 相机 照片 攝影 摄影'],
  ['💬', 'caption subtitle language conversation', '字幕 語言 语言 對話 对话'],
  ['📈', 'growth graph statistic economy', '成長 成长 增長 增长 經濟 经济'],
  ['💰', 'money coin price bank', '金錢 金钱 價格 价格 銀行 银行'],
  ['⏰', 'clock minute hour second', '時鐘 时钟 分鐘 分钟 小時 小时 秒'],
  ['🔒', 'lock security secure password', '安全 密碼 密码'],
  ['🛠️', 'tool build workshop machine', '工具 打造 機器 机器'],
  ['🎁', 'gift present', '禮物 礼物'],
  ['🎉', 'celebration celebrate festival party', '慶祝 庆祝 節日 节日 派對 派对'],
  ['🏆', 'winner trophy champion victory', '冠軍 冠军 勝利 胜利'],
  ['🤝', 'together team friend community', '團隊 团队 朋友 社群 社区 合作'],
  ['🏛️', 'history ancient empire museum', '歷史 历史 古代 博物館 博物馆'],
  ['🦖', 'dinosaur fossil', '恐龍 恐龙 化石'],
];

/**
 * One emoji for a text in the language of a primary subtag: the first that the author wrote, else the most concrete thing
 * that the text names (the lists are ordered from animals to ideas). Null if nothing matches, or if the names of things
 * in that language are not known: an English word may mean something else there ("Art").
 */
export function motifFor(text: string, base: string): string | null {
  return emojiIn(text)[0] ?? motifNamedIn(normalized(text, 'NFC').toLowerCase(), base);
}

function motifNamedIn(text: string, base: string): string | null {
  const textWords = new Set(text.match(/[\p{L}\p{N}]+/gu));
  if (base === 'en' || base === 'zh') {
    const found = MOTIFS.find(
      ([, words, chinese]) =>
        words.split(' ').some((word) => textWords.has(word) || textWords.has(`${word}s`)) ||
        chinese.split(' ').some((word) => text.includes(word)),
    );
    return found?.[0] ?? null;
  }
  return MOTIF_NAMES[base]?.find(([, words]) => words.split(' ').some((word) => textWords.has(word)))?.[0] ?? null;
}
