/** What a query may mean: which words name the place, and which the areas around it. */

export interface Reading {
  name: string;
  areas: string[];
  /** the part of the query that this reading leaves out */
  ignored: string | null;
}

/** At most so many parts between commas are looked at. More are no address. */
const PARTS = 6;
/** At most so many words at the end may name an area: "New South Wales Australia". */
const AREA_WORDS = 4;
/** Fewer letters, such as an article's, name no place when what follows them is left out. */
const SHORTEST_ALONE = 4;

/** Readings of the whole query, the likeliest first. */
export function readingsOf(query: string): Reading[] {
  const parts = partsOf(query);
  const [first = '', ...areas] = parts;
  if (parts.length > 1) {
    const last = parts.at(-1) ?? '';
    return [
      { name: first, areas, ignored: null },
      ...endingsOf(first).map(({ name, area }) => ({
        name,
        areas: [area, ...areas],
        ignored: null,
      })),
      { name: last, areas: parts.slice(0, -1).toReversed(), ignored: null },
    ];
  }
  return [
    { name: first, areas: [], ignored: null },
    ...endingsOf(first).map(({ name, area }) => ({ name, areas: [area], ignored: null })),
    ...splitsOf(first),
    ...addressOf(first),
  ];
}

/** Readings that leave out a part after a comma, or words at the end: what is least likely to matter first. */
export function readingsWithout(query: string): Reading[] {
  const [name = '', ...areas] = partsOf(query);
  if (areas.length === 0) {
    return endingsOf(name)
      .filter((ending) => ending.name.length >= SHORTEST_ALONE)
      .map((ending) => ({ name: ending.name, areas: [], ignored: ending.area }));
  }
  const withoutOne = areas.map((part, index) => ({
    name,
    areas: areas.toSpliced(index, 1),
    ignored: part,
  }));
  const withoutAll = { name, areas: [], ignored: areas.join(', ') };
  return areas.length > 1 ? [...withoutOne, withoutAll] : [withoutAll];
}

/** The parts after the first: what can be looked up when the place itself is not known. */
export function readingWithoutName(query: string): Reading | null {
  const [first = '', name = '', ...areas] = partsOf(query);
  return name === '' ? null : { name, areas, ignored: first };
}

function partsOf(query: string): string[] {
  return query
    .split(/[,،，、;]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .slice(0, PARTS);
}

/** The last words of a text as an area: "London Ontario". */
function endingsOf(text: string): { name: string; area: string }[] {
  const words = text.split(/\s+/);
  return Array.from({ length: AREA_WORDS }, (_, index) => index + 1)
    .filter((count) => count < words.length)
    .map((count) => ({
      name: words.slice(0, -count).join(' '),
      area: words.slice(-count).join(' '),
    }));
}

/** "新潟県長岡市": the area first and no blank. */
function addressOf(text: string): Reading[] {
  const [, area, name] = /^(.{2,4}?[省市都道府県縣州])(.{2,})$/u.exec(text) ?? [];
  return area && name ? [{ name, areas: [area], ignored: null }] : [];
}

/** "London Ontario Canada": two areas without commas. */
function splitsOf(text: string): Reading[] {
  return endingsOf(text).flatMap(({ name, area }) =>
    endingsOf(area).map((inner) => ({
      name,
      areas: [inner.name, inner.area],
      ignored: null,
    })),
  );
}
