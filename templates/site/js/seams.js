// Which syllables are one word, by the project's word list: the same as dxassets/lexicon, which explains it.

const OPEN = 0;
const LOOSE = 1;
const TERM = 2;
const WORD = 3;
export const SEAM_COSTS = [0, 8, 12, 24];
const MOST_SYLLABLES = 8;
const OLD_PLACES = new Map("oàòa oáóa oảỏa oãõa oạọa oèòe oéóe oẻỏe oẽõe oẹọe uỳùy uýúy uỷủy uỹũy uỵụy".split(" ").map((pair) => [pair.slice(0, 2), pair.slice(2)]));
const OPEN_ENDS = new RegExp(`(^|[^q])(${[...OLD_PLACES.keys()].join("|")})$`);
const LONG_I = /^(h|k|l|m|s|t|qu)([yỳýỷỹỵ])$/;
const SHORT_I = new Map([..."yỳýỷỹỵ"].map((long, at) => [long, [..."iìíỉĩị"][at]]));

/** A syllable in lower case and in one of its spellings. */
export function spellingKey(syllable) {
  const small = syllable.toLowerCase().replaceAll("’", "'");
  return small
    .replace(OPEN_ENDS, (_, before, found) => before + OLD_PLACES.get(found))
    .replace(LONG_I, (_, head, long) => head + SHORT_I.get(long));
}

function headsOf(text) {
  const heads = new Map();
  for (const line of text.split("\n")) {
    const cut = line.indexOf(": ");
    if (line.startsWith("#") || cut < 0) continue;
    const key = spellingKey(line.slice(0, cut));
    heads.set(key, heads.has(key) ? `${heads.get(key)} ${line.slice(cut + 2)}` : line.slice(cut + 2));
  }
  return heads;
}

/** The word list made ready; both texts as they stand in dxassets/lexicon. */
export function lexiconOf(words, loose) {
  return { words: headsOf(words), loose: headsOf(loose), tails: new Map() };
}

/** What may follow a syllable in an entry, as keys, and what the entry is. */
function tailsOf(lexicon, head) {
  let found = lexicon.tails.get(head);
  if (!found) {
    found = new Map();
    for (const [seam, list] of [[LOOSE, lexicon.loose], [WORD, lexicon.words]]) {
      for (const tail of (list.get(head) ?? "").split(" ").filter(Boolean)) {
        found.set(tail.split("_").map(spellingKey).join("_"), seam);
      }
    }
    lexicon.tails.set(head, found);
  }
  return found;
}

function entriesAt(lexicon, keys, start) {
  const known = tailsOf(lexicon, keys[start]);
  const found = [];
  for (let length = 1; length < Math.min(MOST_SYLLABLES, keys.length - start); length += 1) {
    const seam = known.get(keys.slice(start + 1, start + 1 + length).join("_"));
    if (seam !== undefined) found.push({ start, end: start + 1 + length, seam });
  }
  return found;
}

const costOf = ({ start, end, seam }) => (seam === WORD ? 1 : end - start === 2 ? 1.5 : 2);

/** The least cost from the start to each place, or from each place to the end. */
function cheapest(count, edges, forwards) {
  const costs = Array(count + 1).fill(Infinity);
  costs[forwards ? 0 : count] = 0;
  const single = Array.from({ length: count }, (_, at) => ({ start: at, end: at + 1, cost: 1 }));
  const steps = [...edges.map((edge) => ({ ...edge, cost: costOf(edge) })), ...single];
  steps.sort(forwards ? (one, two) => one.start - two.start : (one, two) => two.end - one.end);
  for (const { start, end, cost } of steps) {
    const [here, there] = forwards ? [start, end] : [end, start];
    costs[there] = Math.min(costs[there], costs[here] + cost);
  }
  return costs;
}

function seamsOf(lexicon, keys, whole) {
  const count = keys.length;
  const found = Array(Math.max(count - 1, 0)).fill(OPEN);
  const edges = keys.flatMap((_, start) => entriesAt(lexicon, keys, start)).filter(({ start, end }) => whole || end - start < count);
  const ahead = cheapest(count, edges, true);
  const behind = cheapest(count, edges, false);
  for (const edge of edges) {
    const { start, end, seam } = edge;
    if (ahead[start] + costOf(edge) + behind[end] > ahead[count] + 1e-9) continue;
    const inner = end - start > 2 ? seamsOf(lexicon, keys.slice(start, end), false) : [OPEN];
    const held = seam === WORD && Math.max(...inner) === WORD ? TERM : seam;
    inner.forEach((inside, at) => {
      found[start + at] = Math.max(found[start + at], inside, held);
    });
  }
  return found;
}

/** How each syllable holds to the next. */
export function seams(lexicon, syllables) {
  return seamsOf(lexicon, syllables.map(spellingKey), true);
}
