// What the page says, in English and Chinese.

const EN = {
  tools: "Tools", recording: "Recording", cues: "Cues", cue: "Cue", text: "Text", start: "Start", end: "End",
  next: "Next doubtful", undo: "Undo", redo: "Redo", find: "Find", export: "Export", language: "中文", theme: "Light/dark",
  help: "Keys", close: "Close", accept: "Accept", reject: "Take back", always: "Always", never: "Never",
  wherever: "Wherever it occurs", play: "Play", split: "Split", merge: "Join next", right: "Looks right",
  pinyin: "Pinyin", saved: "Saved", loading: "Loading…", nothing: "Nothing is doubtful any more.",
  doubts: (n) => (n === 1 ? "1 doubtful cue" : `${n} doubtful cues`), sure: "nothing doubtful",
  total: (n) => (n === 1 ? "1 cue" : `${n} cues`),
  edit: "an edit waits for a decision", words: "words that were not heard well", checked: "looked at",
  suggestion: "suggested", undone: "taken back", changed: "changed", rule: "by", score: "sure",
  gone: "The server does not answer. What was saved is safe; start ‘zimu review’ again and open the new address.",
  stale: "This cue was changed in another window; you see it as it is now.",
  replaceWith: "Replace with", findText: "Find", matchCase: "Match case", apply: (n) => `Change ${n}`,
  places: (n) => (n === 1 ? "1 place" : `${n} places`), noPlaces: "No place found.", all: "All",
  bySound: "sounds the same", byText: "reads the same", byEdit: "same suggestion",
  learntAlways: (f) => `Written to ${f}; later runs know it with --lexicon ${f}`,
  learntNever: (f) => `Protected in ${f}; later runs leave it alone with --lexicon ${f}`,
  known: (f) => `${f} says so already`, unlearnt: (f) => `Taken out of ${f} again`, report: "Report of all changes",
  formats: "Formats", keys: "Keys", cannotPlay: "This browser cannot play the recording; its waveform is shown all the same.",
  silent: "No recording. Give one with --media.", translation: "Translation", saveHint: "Enter saves, Ctrl+Enter splits here, Esc leaves",
  nowhere: "no similar place", heardAs: "heard", undid: "Undone", redid: "Done again", nothingToUndo: "Nothing to undo",
  hearing: "Progress", stage_transcribe: "Listening", stage_correct: "Correcting", stage_segment: "Cutting", stage_write: "Writing",
  stage_translate: "Translating", notYet: "you see what was heard, as it was heard; it can be edited when all is done",
  failed: (why) => `The run has ended: ${why}`,
  ended: "The run has ended. What was heard is kept; run the same command again to go on, and open the new address.",
};

const ZH = {
  tools: "工具", recording: "录音录像", cues: "字幕条", cue: "当前字幕", text: "文字", start: "开始", end: "结束",
  next: "下一处存疑", undo: "撤销", redo: "重做", find: "查找", export: "导出", language: "English", theme: "明暗",
  help: "按键", close: "关闭", accept: "采纳", reject: "还原", always: "总是这样", never: "永不修改",
  wherever: "所有同样的地方", play: "播放", split: "拆分", merge: "与下条合并", right: "没有问题",
  pinyin: "拼音", saved: "已保存", loading: "正在载入…", nothing: "没有存疑的地方了。",
  doubts: (n) => `${n} 条存疑`, sure: "无存疑", total: (n) => `共 ${n} 条`,
  edit: "有修改等待决定", words: "识别把握不大", checked: "已看过",
  suggestion: "建议", undone: "已还原", changed: "已修改", rule: "来源", score: "把握",
  gone: "服务器没有回应。已保存的内容不会丢失；请重新运行 zimu review 并打开新地址。",
  stale: "这条字幕已在另一个窗口里改过，现在显示的是最新内容。",
  replaceWith: "替换为", findText: "查找", matchCase: "区分大小写", apply: (n) => `修改 ${n} 处`,
  places: (n) => `${n} 处`, noPlaces: "没有找到。", all: "全部",
  bySound: "读音相同", byText: "文字相同", byEdit: "同样的建议",
  learntAlways: (f) => `已写入 ${f}；以后用 --lexicon ${f} 即生效`,
  learntNever: (f) => `已在 ${f} 中保护；以后用 --lexicon ${f} 即不再修改`,
  known: (f) => `${f} 里已有`, unlearnt: (f) => `已从 ${f} 中去掉`, report: "全部修改的报告",
  formats: "格式", keys: "按键", cannotPlay: "浏览器不能播放这个文件，但仍显示波形。",
  silent: "没有录音录像，可用 --media 指定。", translation: "译文", saveHint: "回车保存，Ctrl+回车在此拆分，Esc 离开",
  nowhere: "没有相似的地方", heardAs: "听到", undid: "已撤销", redid: "已重做", nothingToUndo: "没有可撤销的",
  hearing: "进度", stage_transcribe: "正在听写", stage_correct: "正在改正", stage_segment: "正在断句", stage_write: "正在写入",
  stage_translate: "正在翻译", notYet: "现在显示的是原样听写的内容，全部完成后即可修改",
  failed: (why) => `运行已结束：${why}`,
  ended: "运行已结束。已听写的内容不会丢失；再次运行同一命令即可接着做，并请打开新地址。",
};

export const KEYS = [
  ["j ↓", "next cue", "下一条"], ["k ↑", "previous cue", "上一条"],
  ["n", "next doubtful", "下一处存疑"], ["Shift+N", "previous doubtful", "上一处存疑"],
  ["a", "accept", "采纳"], ["x", "take back", "还原"],
  ["Shift+A  Shift+X", "the same, and go on to the next doubtful", "同上，并跳到下一处存疑"],
  ["1–9", "choose an edit of the cue", "选择本条的第几处修改"],
  ["c", "looks right", "没有问题"], ["e Enter", "edit the text", "修改文字"],
  ["Space", "play or pause", "播放或暂停"], ["r", "play this cue", "播放本条"],
  ["s", "split at the playhead, or in the middle", "在播放位置（或正中）拆分"], ["m", "join with the next", "与下条合并"],
  ["[  ]", "start, end at the playhead", "以播放位置为开始、结束"], [",  .", "start 50 ms earlier, later", "开始提前、推后 50 毫秒"],
  ["<  >", "end 50 ms earlier, later", "结束提前、推后 50 毫秒"], ["+  -", "waveform closer, wider", "波形放大、缩小"],
  ["w", "wherever it occurs", "所有同样的地方"], ["l", "always: teach the lexicon", "总是这样：写入词表"],
  ["v", "never: protect what was heard", "永不修改：保护原文"], ["p", "pinyin", "拼音"],
  ["f", "find and replace", "查找替换"], ["g", "export", "导出"],
  ["z Ctrl+Z", "undo", "撤销"], ["Shift+Z Ctrl+Y", "redo", "重做"], ["t", "light or dark", "明暗"],
  ["?", "these keys", "显示按键"], ["Esc", "leave, close", "离开、关闭"],
];

function remembered(name) {
  try { return localStorage.getItem(name); } catch { return null; }
}

export function remember(name, value) {
  try { localStorage.setItem(name, value); } catch { /* a browser that keeps nothing */ }
}

export let language = remembered("zimu.language") || (navigator.language.startsWith("zh") ? "zh" : "en");

export function t(key, ...values) {
  const said = (language === "zh" ? ZH : EN)[key];
  return typeof said === "function" ? said(...values) : said;
}

export function label(root = document) {
  document.documentElement.lang = language === "zh" ? "zh-Hans" : "en";
  for (const element of root.querySelectorAll("[data-word]")) element.textContent = t(element.dataset.word);
  for (const element of root.querySelectorAll("[data-label]")) element.setAttribute("aria-label", t(element.dataset.label));
}

export function turnLanguage() {
  language = language === "zh" ? "en" : "zh";
  remember("zimu.language", language);
  label();
}

export function theme(turn = false) {
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  let chosen = remembered("zimu.theme") || (dark ? "dark" : "light");
  if (turn) {
    chosen = chosen === "dark" ? "light" : "dark";
    remember("zimu.theme", chosen);
  }
  document.documentElement.dataset.theme = chosen;
}
