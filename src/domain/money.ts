/** Amounts in minor units, as Stripe counts them, and the bounds that it sets. */
import type { Price } from './product.ts';

/** docs.stripe.com/currencies, read 2026-11-28. Intl follows CLDR, which differs for some (LAK, ISK, UGX). */
const NO_DECIMALS = new Set(
  'bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf'.split(' '),
);
const THREE_DECIMALS = new Set('bhd jod kwd omr tnd'.split(' '));
/** Written with two decimals that must be 00. */
const WHOLE_UNITS = new Set(['isk', 'ugx']);

/** The least that Stripe charges, minor units; docs.stripe.com/currencies#minimum-and-maximum-charge-amounts. */
const LEAST: Readonly<Record<string, number>> = {
  ...{ aed: 200, czk: 1_500, dkk: 250, gbp: 30, hkd: 400, huf: 17_500, jpy: 50, mxn: 1_000 },
  ...{ myr: 200, nok: 300, pln: 200, ron: 200, sek: 300, thb: 1_000, bgn: 100 },
};
/** Of a currency that the table above lacks: Stripe's least in most of them. */
const LEAST_OF_OTHERS = 50;
/** Eight digits: the most that Stripe charges at once. */
export const MOST_MINOR = 99_999_999;

/** @param currency ISO 4217 in lower case. @returns decimals of its minor unit */
export function decimalsOf(currency: string): 0 | 2 | 3 {
  if (NO_DECIMALS.has(currency)) return 0;
  return THREE_DECIMALS.has(currency) ? 3 : 2;
}

/** @returns what an amount must be a multiple of, minor units: Stripe takes no finer ones */
export function stepOf(currency: string): number {
  if (WHOLE_UNITS.has(currency)) return 100;
  return THREE_DECIMALS.has(currency) ? 10 : 1;
}

/** @param currency ISO 4217 in lower case. @returns "$19.00", "¥1,900", "KWD 1.900" */
export function formatMoney(amountMinor: number, currency: string): string {
  const digits = decimalsOf(currency);
  return new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(amountMinor / 10 ** digits);
}

/** @returns what is wrong with a price, in words for its author; empty: nothing */
export function flawsOfPrice({ currency, amountMinor }: Price): string[] {
  if (!/^[a-z]{3}$/.test(currency)) {
    return [`currency is "${currency}": write its ISO 4217 code in lower case, such as "usd"`];
  }
  const least = LEAST[currency] ?? LEAST_OF_OTHERS;
  const step = stepOf(currency);
  if (!Number.isInteger(amountMinor) || amountMinor < least || amountMinor > MOST_MINOR) {
    return [
      `amountMinor is ${amountMinor}: give a whole number of minor units, from ${least} to ${MOST_MINOR} (Stripe's bounds for ${currency})`,
    ];
  }
  if (amountMinor % step === 0) return [];
  return [`amountMinor is ${amountMinor}: Stripe takes only multiples of ${step} in ${currency}`];
}
