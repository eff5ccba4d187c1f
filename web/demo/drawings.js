import { svg } from '/shared/element.js'

/**
 * Line-free drawings of what the shop sells. `T` is the thing's own colour, `D` a darker shade, `L` a
 * lighter one.
 * @type {Record<string, [string, string][]>} fill and path, back to front, in a square of 200 units
 */
const THINGS = {
  lamp: [
    ['W', 'M94 108h12v58H94z'],
    ['D', 'M66 176c0-7 15-12 34-12s34 5 34 12v6H66z'],
    ['T', 'M72 34h56l30 78H42z'],
    ['L', 'M72 34h22l-16 78H42z'],
  ],
  kettle: [
    ['D', 'M68 66c0-46 64-46 64 0h-10c0-32-44-32-44 0z'],
    ['D', 'M146 104l34-26 8 8-34 44z'],
    ['T', 'M60 70h80c18 24 24 52 22 92 0 8-4 12-10 12H48c-6 0-10-4-10-12-2-40 4-68 22-92z'],
    ['L', 'M60 70h22c-16 30-20 64-16 104H48c-6 0-10-4-10-12-2-40 4-68 22-92z'],
    ['D', 'M80 58h40v14H80z'],
  ],
  textile: [
    ['D', 'M36 136h128v28c0 6-4 10-10 10H46c-6 0-10-4-10-10z'],
    ['T', 'M36 92h128v34c0 6-4 10-10 10H36z'],
    ['L', 'M36 58c0-6 4-10 10-10h108c6 0 10 4 10 10v24c0 6-4 10-10 10H36z'],
    ['D', 'M52 48h8v44h-8zM70 48h4v44h-4zM52 92h8v44h-8zM70 92h4v44h-4z'],
  ],
  cup: [
    ['D', 'M140 84c46-8 48 56-8 58v-13c34-2 32-38 6-33z'],
    ['T', 'M48 66h96v56c0 30-18 48-48 48s-48-18-48-48z'],
    ['L', 'M48 66h22v56c0 22 4 38 14 46-24-4-36-22-36-46z'],
    ['D', 'M48 66c0-12 96-12 96 0s-96 12-96 0z'],
  ],
  vase: [
    ['T', 'M78 34h44c0 28 34 44 34 88 0 28-16 46-30 52H74c-14-6-30-24-30-52 0-44 34-60 34-88z'],
    ['L', 'M78 34h14c0 30-26 46-26 88 0 26 8 44 18 52H74c-14-6-30-24-30-52 0-44 34-60 34-88z'],
    ['D', 'M78 34c0-9 44-9 44 0s-44 9-44 0z'],
  ],
  candle: [
    ['F', 'M100 26c16 18 12 34 0 36-12-2-16-18 0-36z'],
    ['D', 'M98 58h4v18h-4z'],
    ['L', 'M72 74h56v60H72z'],
    ['T', 'M58 118h84v46c0 8-5 12-12 12H70c-7 0-12-4-12-12z'],
    ['D', 'M112 118h30v46c0 8-5 12-12 12h-26c6-16 10-36 8-58z'],
  ],
  bowl: [
    ['D', 'M76 160h48v14H76z'],
    ['T', 'M28 86h144c0 46-30 78-72 78S28 132 28 86z'],
    ['L', 'M28 86h30c2 40 14 64 36 78-40-2-66-34-66-78z'],
    ['D', 'M28 86c0-16 144-16 144 0s-144 16-144 0z'],
  ],
  cushion: [
    [
      'T',
      'M38 42c40 12 84 12 124 0 8 0 10 4 8 10-10 34-10 64 0 98 2 6-2 10-8 8-40-10-84-10-124 0-6 2-10-2-8-8 10-34 10-64 0-98-2-6 2-10 8-10z',
    ],
    [
      'L',
      'M38 42c14 4 28 7 42 8-18 30-20 72-2 102-14 1-27 3-40 6-6 2-10-2-8-8 10-34 10-64 0-98-2-6 2-10 8-10z',
    ],
    ['D', 'M96 92h8v20h-8z'],
  ],
  planter: [
    [
      'G',
      'M100 108C84 60 60 44 34 42c2 36 26 60 66 66zM100 108c4-54 26-76 56-82 8 40-14 70-56 82zM100 110c-8-40-4-70 6-92 18 30 16 62-6 92z',
    ],
    ['D', 'M46 104h108v18H46z'],
    ['T', 'M54 122h92l-10 48c-1 5-4 8-10 8H74c-6 0-9-3-10-8z'],
    ['L', 'M54 122h24l2 56h-6c-6 0-9-3-10-8z'],
  ],
  board: [
    ['T', 'M66 30h68c8 0 12 4 12 12v124c0 8-4 12-12 12H66c-8 0-12-4-12-12V42c0-8 4-12 12-12z'],
    ['L', 'M66 30h18v148H66c-8 0-12-4-12-12V42c0-8 4-12 12-12z'],
    ['D', 'M92 46a8 8 0 1 1 16 0 8 8 0 0 1-16 0zM104 72h3v92h-3zM124 60h3v100h-3z'],
  ],
  clock: [
    ['D', 'M100 28a72 72 0 1 1 0 144 72 72 0 0 1 0-144z'],
    ['T', 'M100 36a64 64 0 1 1 0 128 64 64 0 0 1 0-128z'],
    ['P', 'M100 48a52 52 0 1 1 0 104 52 52 0 0 1 0-104z'],
    ['D', 'M97 66h6v36l26 14-3 6-29-17z'],
  ],
  basket: [
    ['D', 'M56 84c0-62 88-62 88 0h-10c0-46-68-46-68 0z'],
    ['T', 'M36 84h128l-12 82c-1 6-5 10-11 10H59c-6 0-10-4-11-10z'],
    ['L', 'M36 84h28l8 92H59c-6 0-10-4-11-10z'],
    ['D', 'M40 104h120l-1 8H41zM43 128h114l-1 8H44zM46 152h108l-1 8H47z'],
  ],
  glass: [
    ['T', 'M58 38h84l-10 130c0 5-4 8-9 8H77c-5 0-9-3-9-8z'],
    ['L', 'M58 38h20l10 138H77c-5 0-9-3-9-8z'],
    ['D', 'M62 88h76l-6 80c0 5-4 8-9 8H77c-5 0-9-3-9-8z'],
  ],
  stool: [
    ['D', 'M58 84l-14 92h10l16-92zM142 84l14 92h-10l-16-92zM60 136h80v8H60z'],
    ['T', 'M36 66c0-8 28-14 64-14s64 6 64 14v12c0 6-28 12-64 12s-64-6-64-12z'],
    ['L', 'M36 66c0-8 28-14 64-14s64 6 64 14-28 14-64 14-64-6-64-14z'],
  ],
  apron: [
    ['D', 'M72 30c0-16 56-16 56 0h-8c0-8-40-8-40 0z'],
    ['T', 'M70 30h60l8 40 22 12v92c0 3-2 4-4 4H44c-2 0-4-1-4-4V82l22-12z'],
    ['L', 'M70 30h14L76 76v102H44c-2 0-4-1-4-4V82l22-12z'],
    ['D', 'M80 112h48v30c0 4-4 8-8 8H88c-4 0-8-4-8-8z'],
  ],
  glove: [
    ['T', 'M72 176V96c0-34 6-62 32-62s34 26 34 60l-2 82z'],
    ['T', 'M136 130c2-22 10-40 22-36s6 40-22 66z'],
    ['L', 'M72 176V96c0-34 6-62 32-62-16 12-18 40-16 142z'],
    ['D', 'M68 150h72v26H68z'],
  ],
  can: [
    ['D', 'M62 76c0-56 80-56 80 8h-9c0-48-62-48-62-8z'],
    ['D', 'M60 128L24 72l-12 8-4-7 32-20 4 7-10 7 40 48z'],
    ['T', 'M62 76h80l8 94c0 4-2 6-6 6H60c-4 0-6-2-6-6z'],
    ['L', 'M62 76h22l-4 100H60c-4 0-6-2-6-6z'],
  ],
  plate: [
    ['T', 'M100 32a70 70 0 1 1 0 140 70 70 0 0 1 0-140z'],
    ['L', 'M100 42a60 60 0 1 1 0 120 60 60 0 0 1 0-120z'],
    ['T', 'M100 62a40 40 0 1 1 0 80 40 40 0 0 1 0-80z'],
  ],
  mirror: [
    ['D', 'M52 96a48 64 0 1 1 96 0v70c0 6-4 10-10 10H62c-6 0-10-4-10-10z'],
    ['T', 'M58 96a42 58 0 1 1 84 0v66c0 5-3 8-8 8H66c-5 0-8-3-8-8z'],
    ['P', 'M68 96a32 48 0 1 1 64 0v64H68z'],
  ],
}

/** A word in the name or category → the drawing. @type {[RegExp, string][]} */
const WORDS = [
  [/\bcan\b/i, 'can'],
  [/stool|bench|chair/i, 'stool'],
  [/apron/i, 'apron'],
  [/glove|mitt/i, 'glove'],
  [/plate\b|plates|platter/i, 'plate'],
  [/lamp|light|lantern|sconce/i, 'lamp'],
  [/kettle|teapot|jug|pitcher|pot\b.*tea/i, 'kettle'],
  [/cushion|pillow/i, 'cushion'],
  [/throw|blanket|towel|linen|textile|rug|bedding|duvet|apron|napkin|tablecloth|bath/i, 'textile'],
  [/mug|cup|espresso|coffee/i, 'cup'],
  [/candle|diffuser|incense/i, 'candle'],
  [/plant|garden|herb|watering/i, 'planter'],
  [/vase|carafe|bottle/i, 'vase'],
  [/board|tray|shelf|table\b|wood/i, 'board'],
  [/clock/i, 'clock'],
  [/basket|storage|bin|hamper|bag/i, 'basket'],
  [/glass|tumbler|jar/i, 'glass'],
  [/mirror|frame/i, 'mirror'],
  [/bowl|plate|dish|tableware|kitchen|pan\b/i, 'bowl'],
]

/**
 * A drawing of the thing, in its colour.
 * @param {{name: string, category: string, colour: string}} product
 */
export function drawingOf({ name, category, colour }) {
  const kind = WORDS.find(([word]) => word.test(name)) ?? WORDS.find(([word]) => word.test(category))
  const own = dyed(/^#[0-9a-f]{6}$/i.test(colour) ? colour : DYES[0])
  /** @type {Record<string, string>} */
  const fills = {
    T: own,
    D: mix(own, '#1c1a16', 0.38),
    L: mix(own, '#ffffff', 0.24),
    W: '#9a8463',
    F: '#f2b84b',
    G: '#5f8058',
    P: '#f6f1e6',
  }
  return svg(
    'svg',
    { viewBox: '0 0 200 200', 'aria-hidden': 'true' },
    svg('ellipse', { cx: 100, cy: 179, rx: 66, ry: 7, fill: '#3a2c1a', opacity: 0.14 }),
    THINGS[kind?.[1] ?? 'vase'].map(([fill, d]) => svg('path', { fill: fills[fill], d })),
  )
}

/** The workshop's glazes and dyes. */
const DYES = [
  '#b5533c',
  '#c98b4e',
  '#c9a145',
  '#7d8f5a',
  '#46604f',
  '#3f7069',
  '#3e5c76',
  '#6d5a7d',
  '#8c5e6b',
  '#a3785a',
]

/** A pale colour stands for the nearest dye; a deep one for itself. @param {string} colour `#rrggbb` */
function dyed(colour) {
  const parts = partsOf(colour)
  const low = Math.min(...parts)
  if (low < 150) return colour
  const spread = Math.max(1, Math.max(...parts) - low)
  const deep = parts.map((part) => 60 + ((part - low) / spread) * 110)
  /** @param {string} dye */
  const distance = (dye) => partsOf(dye).reduce((sum, part, at) => sum + (part - deep[at]) ** 2, 0)
  return DYES.reduce((best, dye) => (distance(dye) < distance(best) ? dye : best))
}

/** @param {string} colour `#rrggbb` */
function partsOf(colour) {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))
}

/** @param {string} colour @param {string} other both `#rrggbb` @param {number} share of the other, 0 to 1 */
function mix(colour, other, share) {
  const others = partsOf(other)
  const parts = partsOf(colour).map((part, at) => Math.round(part * (1 - share) + others[at] * share))
  return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`
}
