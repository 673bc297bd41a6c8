/** How the report was made, and what it is not: the last page, or the foot of the horoscope's cover. */
import { describeMoonRange } from '../../astrology/describe.ts';
import type { Subject } from '../../domain/birth.ts';
import type { Part } from '../../domain/document.ts';
import type { Chart, ReportFacts } from '../../domain/sky.ts';
import { reckoningLine } from './birth-lines.ts';
import { openSigns, withArticle } from './open-signs.ts';

const HOUSE_SYSTEM_NAMES = {
  placidus: 'Placidus',
  whole_sign: 'whole sign',
  equal: 'equal',
  koch: 'Koch',
  porphyry: 'Porphyry',
  regiomontanus: 'Regiomontanus',
  campanus: 'Campanus',
} as const;

export const ZODIAC_NAMES = {
  tropical: 'tropical',
  lahiri: 'sidereal (Lahiri)',
  fagan_bradley: 'sidereal (Fagan-Bradley)',
} as const;

/** @returns how houses were calculated, with the reason when the chosen system was not possible */
export function housesLine({ chart }: ReportFacts): string {
  const asked = HOUSE_SYSTEM_NAMES[chart.houseSystem];
  if (chart.houseSystemUsed === null) {
    return unknownTimeLine(chart);
  }
  const used = HOUSE_SYSTEM_NAMES[chart.houseSystemUsed];
  if (chart.houseSystemUsed !== chart.houseSystem) {
    return `Houses: ${used}, because ${asked} houses have no meaning this near the pole.`;
  }
  return `Houses: ${used}.`;
}

/** What an unknown time leaves open, in the words of the chart's page. */
function unknownTimeLine(chart: Chart): string {
  // facts stored before positions had a `day`
  if (!chart.bodies.Sun.day) {
    const moon =
      chart.moonRange === null ? '' : ` Over that day: ${describeMoonRange(chart.moonRange)}.`;
    return `Without a birth time there are no houses and no angles; the Moon stands where it was at local noon.${moon}`;
  }
  const [first, ...others] = openSigns(chart).map(
    ({ name, oneOf }) => [name, oneOf.join(' or ')] as const,
  );
  const changed = [
    ...(first ? [`${withArticle(first[0])} was in ${first[1]}`] : []),
    ...others.map(([name, signs]) => `${withArticle(name)} in ${signs}`),
  ];
  return [
    'The birth time is unknown: the hour above is local noon, and there are no houses and no angles.',
    'Where a body moved during that day, the table gives a range and the wheel a dark band; aspect lines are drawn for noon.',
    ...(changed.length > 0 ? [`Depending on the hour, ${inWords(changed)}.`] : []),
    'Only aspects that lasted all day are shown.',
  ].join(' ');
}

function inWords(parts: readonly string[]): string {
  const last = parts.at(-1) ?? '';
  return parts.length > 1 ? `${parts.slice(0, -1).join(', ')}, and ${last}` : last;
}

/** How the report was calculated, and what it is not: short enough for the foot of a cover. */
export function colophonLines(
  facts: ReportFacts,
  subject: Subject,
): [reckoning: string[], notice: string] {
  return [
    [
      `${reckoningLine(subject)}.`,
      `Zodiac: ${ZODIAC_NAMES[facts.chart.zodiac]}. ${housesLine(facts)}`,
      `Positions: ${facts.ephemeris}; apparent, geocentric, true equinox of date. Zones: IANA time zone database. Places: GeoNames.`,
    ],
    'Written with the help of artificial intelligence from the positions above. It is meant for reflection and enjoyment and is no medical, legal or financial advice.',
  ];
}

export function colophonPart(facts: ReportFacts, subject: Subject, title: string): Part {
  return {
    id: 'colophon',
    layout: 'flow',
    outline: [{ title: 'How this report was made', level: 0 }],
    head: title,
    blocks: [
      { kind: 'heading', level: 1, text: 'How this report was made' },
      ...colophonLines(facts, subject)
        .flat()
        .map((text) => ({
          kind: 'paragraph' as const,
          style: 'body' as const,
          text,
        })),
    ],
  };
}
