/** The areas that people write after a place: countries, their regions and the regions' districts. */
import { foldName } from '../../src/astrology/place-spelling.ts';
import type { City, Division } from './read-sources.ts';

export interface Area {
  name: string;
  /** index of the area that it belongs to; 0 for countries */
  parent: number;
  keys: string[];
}

export interface Areas {
  /** The first is none. Countries follow in their order, then regions, then districts. */
  list: Area[];
  /** the smallest known area of a city */
  of(city: City): number;
}

/** Languages in which people are likely to write the name of a country. */
const LANGUAGES =
  'af am ar az be bg bn bs ca cs cy da de el en es et eu fa fi fil fr ga gl gu he hi hr hu hy id is it ja ka ' +
  'kk km kn ko ky lo lt lv mk ml mn mr ms my nb ne nl pa pl ps pt ro ru si sk sl sq sr sv sw ta te th tk tr ' +
  'uk ur uz vi yo zh zh-Hant zu';

/**
 * @param countries ISO 3166-1, the first of them empty
 * @param extra own lines: `GB|uk|england` names a country, `DE.07|NRW` a region
 */
export function nameAreas(
  cities: readonly City[],
  countries: readonly string[],
  divisions: readonly Division[],
  extra: readonly string[][],
): Areas {
  const used = new Set(cities.flatMap(({ region, district }) => [region, district]));
  const wanted = divisions.filter(({ code }) => used.has(code));
  const depth = ({ code }: Division) => code.split('.').length;
  const [regions, districts] = [2, 3].map((wantedDepth) =>
    wanted.filter((one) => depth(one) === wantedDepth),
  );
  const ordered = [...(regions ?? []), ...(districts ?? [])];
  const indexOf = new Map<string, number>([
    ...countries.map((code, index): [string, number] => [code, index]),
    ...ordered.map(({ code }, index): [string, number] => [code, countries.length + index]),
  ]);
  const list: Area[] = [
    ...countries.map((code) => ({ name: code, parent: 0, keys: code ? countryKeys(code) : [] })),
    ...ordered.map(({ code, name, otherNames }) => ({
      name,
      parent: indexOf.get(code.slice(0, code.lastIndexOf('.'))) ?? 0,
      keys: [name, ...otherNames],
    })),
  ];
  for (const [code = '', ...names] of extra) {
    const area = list[indexOf.get(code) ?? -1];
    if (!area) throw new Error(`no area has the code ${code}`);
    area.keys.push(...names);
  }
  for (const area of list) area.keys = [...new Set(area.keys.map(foldName))].filter(Boolean);
  return {
    list,
    of: ({ country, region, district }) =>
      [district, region, country].map((code) => indexOf.get(code) ?? 0).find((area) => area > 0) ??
      0,
  };
}

function countryKeys(code: string): string[] {
  const names = LANGUAGES.split(' ').map((language) =>
    new Intl.DisplayNames(language, { type: 'region' }).of(code),
  );
  return [code, ...names.filter((name) => name !== undefined)];
}
