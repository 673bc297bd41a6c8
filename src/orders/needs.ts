/** What use cases can be given. Each names the parts it needs. */
import type { Catalogue } from '../domain/catalogue.ts';
import type { Timings } from '../domain/patience.ts';
import type { PaymentProvider } from '../domain/ports/payment.ts';
import type { Places, ResolveBirth } from '../domain/ports/sky.ts';
import type { Store } from '../domain/ports/store.ts';
import type { BlobStore, ReportQueue, Signals } from '../domain/ports/work.ts';
import type { Tokens } from '../domain/token.ts';
import type { Log } from '../telemetry/log.ts';

export interface OrdersDeps {
  store: Store;
  payment: PaymentProvider;
  queue: ReportQueue;
  signals: Signals;
  blob: BlobStore;
  catalogue: Catalogue;
  places: Places;
  resolveBirth: ResolveBirth;
  tokens: Tokens;
  timings: Timings;
  log: Log;
  /** where customers reach the API, without a slash at the end */
  publicUrl: string;
  clock: () => Date;
}

export type Needs<Name extends keyof OrdersDeps> = Pick<OrdersDeps, Name>;
