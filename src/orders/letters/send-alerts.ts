/** The API's way to send alerts: those that no worker has taken, as when none is alive. */
import { TransientFault } from '../../domain/errors.ts';
import type { Timings } from '../../domain/patience.ts';
import type { Store } from '../../domain/ports/store.ts';
import type { Log } from '../../telemetry/log.ts';
import type { SendEmail } from './send-email.ts';

export interface SendAlertsDeps {
  store: Pick<Store, 'emails'>;
  sendEmail: SendEmail;
  timings: Pick<Timings, 'alertUntaken' | 'emailUnknown' | 'letterStill'>;
  log: Log;
  clock: () => Date;
}

/** Rows are taken as the workers take them: nothing goes out twice. What does not leave is logged as an error. */
export type SendAlerts = (stop?: AbortSignal) => Promise<void>;

const BATCH = 50;

export function createSendAlerts(deps: SendAlertsDeps): SendAlerts {
  const { store, timings, log, clock } = deps;
  /** said to stay, so that each is logged once */
  const said = new Set<string>();

  return async (stop) => {
    const unknownBefore = new Date(clock().getTime() - timings.emailUnknown);
    for (const { key, createdAt, note } of await store.emails.unsent(unknownBefore, BATCH, [
      'alert',
    ])) {
      const ageMs = clock().getTime() - Date.parse(createdAt);
      if (stop?.aborted || ageMs < timings.alertUntaken) return; // the others are younger
      try {
        await deps.sendEmail(key);
      } catch (error) {
        if (error instanceof TransientFault && error.code === 'store_unavailable') throw error;
        log.error({ err: error, emailKey: key }, 'alert not sent: tried again later');
      }
      if (ageMs < timings.letterStill || said.has(key)) continue;
      said.add(key);
      log.error({ emailKey: key, note }, 'an alert does not leave: read it here');
    }
  };
}
