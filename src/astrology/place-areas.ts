/** Countries and American states, as people write them after a place's name. */
import { foldName } from './place-spelling.ts';
import type { PlaceTable } from './place-table.ts';

const COUNTRY_ALIASES: Record<string, string> = {
  uk: 'GB',
  britain: 'GB',
  'great britain': 'GB',
  england: 'GB',
  scotland: 'GB',
  wales: 'GB',
  'northern ireland': 'GB',
  usa: 'US',
  america: 'US',
  holland: 'NL',
  'czech republic': 'CZ',
  turkey: 'TR',
  burma: 'MM',
  uae: 'AE',
  macedonia: 'MK',
  deutschland: 'DE',
  osterreich: 'AT',
  espana: 'ES',
  italia: 'IT',
  brasil: 'BR',
  polska: 'PL',
  suisse: 'CH',
  schweiz: 'CH',
  sverige: 'SE',
  norge: 'NO',
  danmark: 'DK',
  suomi: 'FI',
  belgique: 'BE',
  belgie: 'BE',
  nederland: 'NL',
};

const STATES =
  'AL Alabama|AK Alaska|AZ Arizona|AR Arkansas|CA California|CO Colorado|CT Connecticut|DE Delaware|' +
  'DC District of Columbia|FL Florida|GA Georgia|HI Hawaii|ID Idaho|IL Illinois|IN Indiana|IA Iowa|' +
  'KS Kansas|KY Kentucky|LA Louisiana|ME Maine|MD Maryland|MA Massachusetts|MI Michigan|' +
  'MN Minnesota|MS Mississippi|MO Missouri|MT Montana|NE Nebraska|NV Nevada|NH New Hampshire|' +
  'NJ New Jersey|NM New Mexico|NY New York|NC North Carolina|ND North Dakota|OH Ohio|OK Oklahoma|' +
  'OR Oregon|PA Pennsylvania|RI Rhode Island|SC South Carolina|SD South Dakota|TN Tennessee|' +
  'TX Texas|UT Utah|VT Vermont|VA Virginia|WA Washington|WV West Virginia|WI Wisconsin|WY Wyoming';

const states = STATES.split('|').map((state) => ({
  code: state.slice(0, 2),
  name: foldName(state.slice(3)),
}));
let countryNames: Map<string, string> | null = null;

/**
 * Whether places are in an area: a country's code or English name, or an American state's letters or
 * name. Several, separated by commas ("Springfield, IL, USA"), must all match. Names may be cut short.
 */
export function createAreaMatcher(table: PlaceTable, area: string): (index: number) => boolean {
  const parts = area
    .split(',')
    .map(foldName)
    .filter((part) => part !== '');
  const tests = parts.map((part) => {
    const countries = new Set(countriesOf(table, part));
    const regions = new Set(
      states
        .filter(({ code, name }) => code.toLowerCase() === part || named(name, part))
        .map(({ code }) => code),
    );
    return (index: number) =>
      countries.has(table.countries[table.countryOf[index] ?? 0] ?? '') ||
      regions.has(table.regions[table.regionOf[index] ?? 0] ?? '');
  });
  return (index) => tests.every((test) => test(index));
}

function countriesOf(table: PlaceTable, part: string): string[] {
  const alias = COUNTRY_ALIASES[part];
  if (alias) return [alias];
  countryNames ??= namesOf(table.countries);
  const names = countryNames;
  return table.countries.filter(
    (code) => code.toLowerCase() === part || named(names.get(code) ?? '', part),
  );
}

function namesOf(codes: readonly string[]): Map<string, string> {
  const english = new Intl.DisplayNames('en', { type: 'region' });
  return new Map(codes.map((code) => [code, foldName(english.of(code) ?? code)]));
}

/** Three or more letters may be the beginning of a name: people search while they type. */
function named(name: string, part: string): boolean {
  return name === part || (part.length > 2 && name.startsWith(part));
}
