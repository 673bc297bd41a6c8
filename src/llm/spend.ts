/** Keeps model calls within the caps: reserves the most a call may cost, and warns the operator in time. */
import { dueEmail } from '../domain/email.ts';
import { NeedsOperator } from '../domain/errors.ts';
import type { Store } from '../domain/ports/store.ts';
import {
  accountKeyOf,
  CAP_NAMES,
  type CappedAccount,
  type Caps,
  type SpendAccount,
} from '../domain/spend.ts';
import type { Log } from '../telemetry/log.ts';

export interface Spend {
  /**
   * @param micros the most that the call may cost
   * @returns the accounts that hold the reservation; none when nothing is capped
   * @throws NeedsOperator `spend_cap`; then nothing is reserved
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

export function createSpend({ store, caps, log, clock }: SpendOptions): Spend {
  async function cappedAccounts(reportId: string): Promise<CappedAccount[]> {
    const set = await store.spend.caps();
    return CAP_NAMES.flatMap((cap) => {
      const own = set[cap];
      const capMicros = own === undefined ? caps[cap] : own;
      return capMicros === null
        ? []
        : [{ cap, key: accountKeyOf(cap, reportId, clock()), capMicros }];
    });
  }

  async function warn(capped: CappedAccount, { committedMicros }: SpendAccount, micros: number) {
    if (capped.cap === 'report') return;
    for (const percent of WARN_AT) {
      const line = (capped.capMicros * percent) / 100;
      if (committedMicros >= line && committedMicros - micros < line) await alert(capped, percent);
    }
  }

  /** Once per cap, period and percentage, because the row's key is unique. A raised cap warns again. */
  async function alert({ cap, key, capMicros }: CappedAccount, percent: number): Promise<void> {
    const what = `${percent}% of the model spending cap of ${dollars(capMicros)} per ${cap} is used (${key})`;
    const then =
      percent < 100
        ? 'At 100% reports are held.'
        : 'Reports that need model calls are held, and keep everything they have.';
    const note = `${what}\n${then} To raise it: npm run almanac -- caps --${cap} <dollars>`;
    const row = { key: `alert-spend-${key}-${percent}-of-${capMicros}`, note };
    await store.emails.insert(dueEmail({ ...row, kind: 'alert', orderId: '' }, clock()));
    log.warn({ cap, account: key, percent }, 'spending cap');
  }

  return {
    async reserve(reportId, micros) {
      const capped = await cappedAccounts(reportId);
      const reservation = await store.spend.reserve(capped, micros);
      if (reservation.refusedBy !== null) {
        const { refusedBy } = reservation;
        await alert(refusedBy, 100);
        throw new NeedsOperator(
          'spend_cap',
          `a call of up to ${dollars(micros)} does not fit under the cap of ${dollars(refusedBy.capMicros)} per ${refusedBy.cap}`,
        );
      }
      for (const [index, account] of reservation.accounts.entries()) {
        const each = capped[index];
        if (each) await warn(each, account, micros);
      }
      return capped.map(({ key }) => key);
    },
    release: (accounts, micros) => store.spend.release(accounts, micros),
  };
}

function dollars(micros: number): string {
  return `$${(micros / 1e6).toFixed(2)}`;
}
