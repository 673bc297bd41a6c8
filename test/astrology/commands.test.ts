/** The three commands, run as a user runs them. */
import { execFile } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import * as chart from '../../cli/commands/chart.ts';
import * as transits from '../../cli/commands/transits.ts';
import { AmbiguousBirth, InvalidInput } from '../../src/domain/errors.ts';
import { BODIES } from '../../src/domain/sky.ts';

const BIRTH = '--date 1990-06-15 --time 11:00 --lat 51.5074 --lng -0.1278 --tz Europe/London';

describe('chart', () => {
  it('prints the chart as JSON, western longitudes included', async () => {
    const { output, code } = await almanac(`chart ${BIRTH} --json`);
    expect(code).toBe(0);
    const printed = JSON.parse(output);
    expect(printed.utc).toBe('1990-06-15T10:00:00Z');
    expect(Object.keys(printed.bodies)).toEqual([...BODIES]);
    expect(printed.bodies.Sun).toMatchObject({ sign: 'Gemini', house: 10, retrograde: false });
    expect(printed.angles.Asc).toBeCloseTo(154.194121, 3);
    expect(printed.houses).toHaveLength(12);
    expect(printed.houseSystem).toBe('placidus');
    expect(printed.moonPhase.name).toBe('Last Quarter');
    expect(printed.aspects[0]).toEqual({
      a: expect.any(String),
      b: expect.any(String),
      kind: expect.any(String),
      orb: expect.any(Number),
      applying: expect.any(Boolean),
    });
  });

  it('gives the same chart for the instant as for the local time', async () => {
    const [local, utc] = await Promise.all([
      almanac(`chart ${BIRTH} --json`),
      almanac('chart --utc 1990-06-15T10:00:00Z --lat 51.5074 --lng -0.1278 --json'),
    ]);
    expect(JSON.parse(utc.output).bodies).toEqual(JSON.parse(local.output).bodies);
  });

  it('prints a readable table, and says when Placidus has no meaning', async () => {
    const { output } = await almanac('chart --date 1990-06-15 --time 11:00 --place Tromsø');
    expect(output).toMatch(/^Sun +Gemini +24°00'/m);
    expect(output).toContain('porphyry (placidus has no meaning above the polar circle)');
  });
});

describe('transits', () => {
  it('prints the exact transits between two days, in order', async () => {
    const { output } = await almanac(`transits ${BIRTH} --from 2026-01-01 --to 2026-01-31 --json`);
    const printed: { exact: string }[] = JSON.parse(output);
    expect(printed[0]).toEqual({
      transiting: 'Sun',
      aspect: 'square',
      natal: 'Mars',
      exact: expect.stringMatching(/^2026-01-01T09:43/),
    });
    const times = printed.map(({ exact }) => exact);
    expect(times).toEqual([...times].sort());
    expect(times.at(-1)?.slice(0, 7)).toBe('2026-01');
  });
});

describe('places', () => {
  it('prints what the search finds', async () => {
    const { output } = await almanac('places cordoba --limit 2 --json');
    expect(JSON.parse(output)).toMatchObject([{ country: 'AR' }, { country: 'ES' }]);
  });

  it('prints regions and populations, and says what it left out', async () => {
    const { output, errors } = await almanac('places Springfield, Narnia');
    expect(output).toMatch(/^Springfield +Missouri +US +170188 /m);
    expect(errors).toContain('"Narnia" was left out');
  });

  it('says so too when a birth is at a place with an unknown part', async () => {
    const { output, errors } = await almanac('chart --date 1990-06-15 --place Oslo,Narnia');
    expect(output).toMatch(/^Sun/m);
    expect(errors).toContain('"Narnia" was left out');
  });
});

describe('bad input names the option, what is allowed and an example', () => {
  it.each([
    ['chart --date 1990-02-29 --place London', '--date', '1990-06-15'],
    ['chart --date 1799-01-01 --place London', '--date', '1800-2100'],
    ['chart --date 1990-06-15 --time 25:00 --place London', '--time', '07:45'],
    ['chart --date 1990-06-15 --lat 91 --lng 0 --tz UTC', '--lat', '-90 to 90'],
    ['chart --date 1990-06-15 --lat north --lng 0 --tz UTC', '--lat', '51.5074'],
    ['chart --date 1990-06-15 --lat 1 --lng 0 --tz Mars/Base', '--tz', 'Europe/London'],
    ['chart --date 1990-06-15 --lat 1 --lng 0', '--tz', 'Europe/London'],
    ['chart --date 1990-06-15 --place Xqzzy', '--place', 'Argentina'],
    ['chart --date 1990-06-15 --place Rome --house-system topocentric', '--house-system', 'koch'],
    ['chart --date 2024-03-31 --time 01:30 --place London', '--time', '00:59'],
    ['chart --utc 1990-06-15 --place Rome', '--utc', '1990-06-15T10:00:00Z'],
    [`transits ${BIRTH} --from 2026-02-30 --to 2026-03-01`, '--from', '2026-01-01'],
    [`transits ${BIRTH} --from 2026-02-03 --to 2026-02-01`, '--to', 'before'],
  ])('%s', async (line, option, help) => {
    const [name, ...argv] = line.split(' ');
    const { run } = name === 'transits' ? transits : chart;
    const error = await run(argv).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(InvalidInput);
    expect(String(error)).toContain(`${option}:`);
    expect(String(error)).toContain(help);
  });

  it.each([
    ['chart --date 1996-10-27 --time 02:30 --place Berlin', '--fold', 'earlier'],
    ['chart --date 1990-01-15 --time 12:00 --place Ürümqi', '--tz', 'Asia/Shanghai'],
    ['chart --date 1918-02-05 --time 12:00 --place Moscow,RU', '--calendar', 'old'],
  ])('asks, naming the option and its choices: %s', async (line, option, choice) => {
    const error = await chart.run(line.split(' ').slice(1)).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(AmbiguousBirth);
    expect(String(error)).toContain(`${option}:`);
    expect(String(error)).toContain(`"${choice}"`);
    const { output } = await almanac(`${line} ${option} ${choice} --json`);
    const choices = (error as AmbiguousBirth).choices;
    expect(JSON.parse(output).utc).toBe(choices.find(({ value }) => value === choice)?.utc);
  });

  it('takes an offset before every zone, and says where one is uncertain', async () => {
    const houston = 'chart --date 1960-07-04 --time 12:00 --place Houston,US';
    const [own, given] = await Promise.all([
      almanac(houston),
      almanac(`${houston} --utc-offset -05:00`),
    ]);
    expect(own.output).toContain('1960-07-04T18:00:00Z');
    expect(own.output).toContain('The offset from UTC is uncertain: before 1967');
    expect(given.output).toContain('1960-07-04T17:00:00Z');
    expect(given.output).not.toContain('uncertain:');
  });

  it.each(['chart --date 1990-02-29 --place London', 'places Xqzzy'])(
    'exits with code 2 and prints one line: "%s"',
    async (line) => {
      const { errors, code } = await almanac(line);
      expect(code).toBe(2);
      expect(errors.trim().split('\n')).toHaveLength(1);
    },
  );
});

function almanac(line: string): Promise<{ output: string; errors: string; code: unknown }> {
  return new Promise((resolve) => {
    execFile(process.execPath, ['cli/almanac.ts', ...line.split(' ')], (error, output, errors) =>
      resolve({ output, errors, code: error ? error.code : 0 }),
    );
  });
}
