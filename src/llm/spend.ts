/** Keeps model calls within the caps: reserves the most a call may cost, and warns the operator in time. */
import { dueEmail } from '../domain/email.ts';
import { NeedsOperator } from '../domain/errors.ts';
import type { Store } from '../domain/ports/store.ts';
import {
  type Account,
  accountKeyOf,
  CAP_NAMES,
  type CappedAccount,
  type Caps,
} from '../domain/spend.ts';
import type { Log } from '../telemetry/log.ts';

export interface Spend {
  /**
   * @param micros the most that the call may cost
   * @returns the accounts that hold the reservation, capped or not
   * @throws NeedsOperator `spend_cap`, or `spend_unknown` for an amount that is none; then nothing is reserved
   */
  reserve(reportId: string, micros: number): Promise<string[]>;
  /** Takes a reservation back: the call is not sent after all. */
  release(accounts: readonly string[], micros: number): Promise<void>;
}

export interface SpendOptions {
  store: Pick<Store, 'spend' | 'emails'>;
  /** as configured; caps that an operator has set in the store take precedence */
  caps: Caps;
  log: Log;
  clock: () => Date;
}

/** Percent of a cap at which the operator gets a letter. A report's cap only warns at 100. */
const WARN_AT = [50, 80];
/** Alerts remembered, so that each is written once per process; the store keeps one of each anyway. */
const MOST_TOLD = 1_000;

export function createSpend({ store, caps, log, clock }: SpendOptions): Spend {
  /** alerts that this process has written */
  const told = new Set<string>();

  async function accountsOf(reportId: string): Promise<Account[]> {
    const set = await store.spend.caps();
    const now = clock();
    return CAP_NAMES.map((cap) => {
      const own = set[cap];
      const capMicros = own === undefined ? caps[cap] : own;
      return { cap, key: accountKeyOf(cap, reportId, now), capMicros };
    });
  }

  /** Of the highest line only: a cap that is set late may be above several at once. */
  async function warn({ cap, key, capMicros }: Account, committedMicros: number): Promise<void> {
    if (cap === 'report' || capMicros === null) return;
    const percent = WARN_AT.findLast((each) => committedMicros >= (capMicros * each) / 100);
    if (percent !== undefined) await alert({ cap, key, capMicros }, percent);
  }

  /** Once per cap, period and percentage, because the row's key is unique. A raised cap warns again. */
  async function alert({ cap, key, capMicros }: CappedAccount, percent: number): Promise<void> {
    const alertKey = `alert-spend-${key}-${percent}-of-${capMicros}`;
    if (told.has(alertKey)) return;
    const what = `${percent}% of the model spending cap of ${dollars(capMicros)} per ${cap} is used (${key})`;
    const then =
      percent < 100
        ? 'At 100% reports are held.'
        : 'Reports that need model calls are held, and keep everything they have.';
    const note = `${what}\n${then} To raise it: npm run almanac -- caps --${cap} <dollars>`;
    const row = { key: alertKey, note, kind: 'alert', orderId: '' } as const;
    await store.emails.insert(dueEmail(row, clock()));
    if (told.size >= MOST_TOLD) told.clear();
    told.add(alertKey);
    log.warn({ cap, account: key, percent }, 'spending cap');
  }

  return {
    async reserve(reportId, micros) {
      if (!Number.isSafeInteger(micros) || micros < 0) {
        throw new NeedsOperator(
          'spend_unknown',
          `nobody knows what a call may cost (${micros}): check the model's price and its maxTokens`,
        );
      }
      const accounts = await accountsOf(reportId);
      const reservation = await store.spend.reserve(accounts, micros);
      if (reservation.refusedBy !== null) {
        const { refusedBy } = reservation;
        await alert(refusedBy, 100);
        throw new NeedsOperator(
          'spend_cap',
          `a call of up to ${dollars(micros)} does not fit under the cap of ${dollars(refusedBy.capMicros)} per ${refusedBy.cap}`,
        );
      }
      for (const [index, { committedMicros }] of reservation.accounts.entries()) {
        const account = accounts[index];
        if (account) await warn(account, committedMicros);
      }
      return accounts.map(({ key }) => key);
    },
    release: (accounts, micros) => store.spend.release(accounts, micros),
  };
}

function dollars(micros: number): string {
  return `$${(micros / 1e6).toFixed(2)}`;
}
