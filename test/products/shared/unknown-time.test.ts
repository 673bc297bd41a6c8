import { describe, expect, it } from 'vitest';
import { resolveBirth } from '../../../src/astrology/resolve-birth.ts';
import type { Subject } from '../../../src/domain/birth.ts';
import { catalogue } from '../../../src/products/catalogue.ts';
import { answersTo, partsOf, stored, subjectOf } from '../sample.ts';

describe.each(catalogue.definitions.map((product) => [product.id, product] as const))(
  '%s for an unknown time on a day on which Sun and Mercury changed sign',
  async (_, product) => {
    const subject = bornOn('1990-03-20');
    const facts = product.gatherFacts(subject);
    const plan = product.plan(facts, subject);
    const groups = plan.steps.flatMap((step) => step.groups);
    const lines = [...plan.person, ...groups.flatMap((group) => group.facts)];
    const pages = JSON.stringify(await partsOf(documentOf(product, subject)));

    it('tells the model both signs, and to state neither', () => {
      expect(plan.person).toContain(
        'On the day of birth the Sun changed sign: call its sign “Pisces or Aries”, or leave it out',
      );
      expect(plan.person).toContain("Natal Sun in Pisces or Aries (Pisces 29°07' to Aries 0°06')");
      expect(lines.filter((line) => /(Sun|Mercury) in (Pisces|Aries) \d/.test(line))).toEqual([]);
    });

    it('hands the open signs to the check of answers, in every group', () => {
      for (const { open } of groups) {
        expect(open).toContainEqual({ name: 'Sun', oneOf: ['Pisces', 'Aries'] });
        expect(open).toContainEqual({ name: 'Mercury', oneOf: ['Pisces', 'Aries'] });
      }
    });

    it('counts only the planets whose sign is certain', () => {
      expect(plan.person).toContain(
        'Of the 8 planets whose sign is certain: fire 0, earth 4, air 2, water 2',
      );
    });

    it('says so on its pages: in the table, below the wheel and in its alternative text', () => {
      expect(pages).toContain("29°07' Pisces – 0°06' Aries");
      expect(pages).toContain(
        'Depending on the hour, the Sun was in Pisces or Aries, and Mercury in Pisces or Aries.',
      );
      expect(pages).toContain(
        'Natal wheel: birth time unknown, so without houses and angles; Sun in Pisces or Aries',
      );
      expect(pages).not.toContain("29°37' Pisces");
    });

    it('leaves nothing open on the day after that is certain then', () => {
      const next = bornOn('1990-03-21');
      const { person, steps } = product.plan(product.gatherFacts(next), next);
      expect(person).toContain("Natal Sun in Aries 0°06' to 1°06', exaltation");
      const names = steps.flatMap((step) =>
        step.groups.flatMap(({ open = [] }) => open.map(({ name }) => name)),
      );
      expect(names).not.toContain('Sun');
    });
  },
);

function documentOf(product: (typeof catalogue.definitions)[number], subject: Subject) {
  const facts = product.gatherFacts(subject);
  const answers = stored(answersTo(product.plan(facts, subject)));
  return product.document(facts, subject, { createdAt: '2026-01-05T10:00:00.000Z', answers });
}

function bornOn(date: string): Subject {
  const known = subjectOf();
  const { name, place } = known.birth;
  return { ...known, birth: resolveBirth({ name, place, date, time: null }) };
}
