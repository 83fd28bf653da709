// Where a name's lines may end, and what that costs: the same as `break_costs` of dxassets/vietnamese.py.

import { SEAM_COSTS, seams, spellingKey } from "./seams.js";

const BEFORE_DASH = 60;
const WITHIN_PHRASE = 14;
const WITHIN_NAME = 6;
const AFTER_DASH = 2;
const BEFORE_AFTERTHOUGHT = 12;
const AFTER_FUNCTION_WORD = 1.6;
const AFTER_PUNCTUATION = -0.8;
const BEFORE_CLAUSE = -0.3;
const listed = (text) => new Set(text.split(" "));
const FUNCTION_WORDS = listed(
  "và của các những một vì để cho tại với trong từ đến về là có được hơn bằng theo trên dưới cùng " +
    "không chưa đừng chớ hãy mọi mỗi từng do bởi như khi nếu sẽ đã đang rất luôn cả",
);
const CLAUSE_STARTS = listed("vì và để cho trong với");
const AFTERTHOUGHTS = listed("hơn nhất nữa lắm này ấy đó nhau khác nhé");
const PLACE_TYPES = listed("tỉnh huyện xã phường quận phố trấn khu thôn buôn bon bản ấp làng tổ sông núi đảo đèo cầu vịnh hồ");
const COUNTED = listed(
  "ngày tháng năm điều khoản điểm mục chương phần số thứ quý lần khóa kỳ kì tuổi trang quyết định luật tổ " +
    "lớp cấp mức mồng mùng giờ phút trước sau hơn gần đến kỉ kỷ thế quốc lộ",
);
const NUMBER = /^\p{Nd}[\p{Nd}.,/–-]*$/u;
const NUMERAL = /^(?:\p{Nd}|[IVXL]+(?![\p{L}\p{N}_]))/u;
const DIGIT_FIRST = /^[\p{Nd}²³¹⁰⁴-⁹₀-₉]/u;
const ABBREVIATIONS = listed("TP. Tp. TX. TT. Q. P. H. X. GS. PGS. TS. ThS. BS. CN. KS. Đ/c St.");
const DASHES = new Set("-–—");
const STOPS = new Set(",;:.!?");
const CUTS = new Set(',;:.!?“”"()…[]«»/-–—‐‑');
const SYLLABLES = /[,;:.!?“”"()…[\]«»/\-–—‐‑]|[^\s,;:.!?“”"()…[\]«»/\-–—‐‑]+/g;
const EDGES = /^[,;:.!?“”"()]+|[,;:.!?“”"()]+$/g;

const bare = (word) => word.replace(EDGES, "").toLowerCase();
const isCapitals = (text) => text === text.toUpperCase() && text !== text.toLowerCase();
const isCapital = (word) => isCapitals([...word][0] ?? "");

function between(left, right) {
  if (DASHES.has(right)) return BEFORE_DASH;
  if (DASHES.has(left)) return DIGIT_FIRST.test(right) ? WITHIN_PHRASE : AFTER_DASH;
  if (ABBREVIATIONS.has(left)) return WITHIN_PHRASE;
  if (STOPS.has(left.at(-1))) return AFTER_PUNCTUATION;
  const [bareLeft, bareRight] = [bare(left), bare(right)];
  if (NUMBER.test(left) || (COUNTED.has(bareLeft) && NUMERAL.test(right))) return WITHIN_PHRASE;
  if (PLACE_TYPES.has(bareLeft) && (isCapital(right) || NUMBER.test(bareRight))) return WITHIN_PHRASE;
  if (isCapital(left) && isCapital(right) && !isCapitals(left)) return WITHIN_NAME;
  if (AFTERTHOUGHTS.has(bareRight)) return BEFORE_AFTERTHOUGHT;
  if (FUNCTION_WORDS.has(bareLeft)) return AFTER_FUNCTION_WORD;
  return CLAUSE_STARTS.has(bareRight) ? BEFORE_CLAUSE : 0;
}

/** How hard the word list holds each word to the next. */
function heldBy(lexicon, words) {
  const held = Array(Math.max(words.length - 1, 0)).fill(0);
  let syllables = [];
  let gaps = [];
  const close = () => {
    if (syllables.length > 1) {
      seams(lexicon, syllables).forEach((seam, at) => {
        if (gaps[at] !== null) held[gaps[at]] = SEAM_COSTS[seam];
      });
    }
    syllables = [];
    gaps = [];
  };
  words.forEach((word, at) => {
    (word.match(SYLLABLES) ?? []).forEach((syllable, number) => {
      if (CUTS.has(syllable)) {
        close();
        return;
      }
      if (syllables.length) gaps.push(number ? null : at - 1);
      syllables.push(syllable);
    });
  });
  close();
  return held;
}

function phraseOf(text) {
  const pieces = text.split("|").map((piece) => piece.toLowerCase().split(/\s+/).filter(Boolean).map(spellingKey));
  const bars = new Set();
  let count = 0;
  for (const piece of pieces.slice(0, -1)) bars.add((count += piece.length) - 1);
  return { words: pieces.flat(), bars };
}

/** Each phrase once; a single word has nothing to keep together. */
function phrasesOf(texts) {
  const found = new Map();
  for (const phrase of texts.map(phraseOf)) {
    if (phrase.words.length > 1) found.set(JSON.stringify([phrase.words, [...phrase.bars]]), phrase);
  }
  return [...found.values()];
}

/** `costs` where a campaign's phrases hold words together, or let them part. */
function withPhrases(words, costs, phrases) {
  const tokens = words.flatMap((word, at) => bare(word).split("\u00a0").map((part) => ({ key: spellingKey(part), at })));
  const within = costs.map(() => 0);
  const freed = new Set();
  for (const phrase of phrases) {
    for (let start = 0; start + phrase.words.length <= tokens.length; start += 1) {
      if (!phrase.words.every((word, step) => tokens[start + step].key === word)) continue;
      for (let step = 0; step + 1 < phrase.words.length; step += 1) {
        const gap = tokens[start + step].at;
        if (tokens[start + step + 1].at === gap) continue;
        if (phrase.bars.has(step)) freed.add(gap);
        else within[gap] += WITHIN_PHRASE;
      }
    }
  }
  return costs.map((cost, gap) => (within[gap] || freed.has(gap) ? Math.max(freed.has(gap) ? 0 : cost, within[gap]) : cost));
}

/** The words of a name (cleaned, NFC) and the cost of ending a line after each but the last. */
export function breakCosts(lexicon, text, phrases) {
  const words = text.split(" ");
  const held = heldBy(lexicon, words);
  const costs = held.map((hold, gap) => {
    const cost = between(words[gap], words[gap + 1]);
    if (hold) return Math.max(cost, hold);
    const isName = cost === WITHIN_NAME && !held.slice(Math.max(gap - 1, 0), gap + 2).some(Boolean);
    return isName ? WITHIN_PHRASE : cost;
  });
  return { words, costs: withPhrases(words, costs, phrasesOf(phrases)) };
}
