/** The API's use cases, put together from the ports. */
import type { PaymentProvider } from '../domain/ports/payment.ts';
import type { Places, ResolveBirth } from '../domain/ports/sky.ts';
import type { Store } from '../domain/ports/store.ts';
import type { BlobStore, ReportQueue, Signals } from '../domain/ports/work.ts';
import type { Catalogue } from '../domain/product.ts';
import type { Timings } from '../domain/timings.ts';
import type { Tokens } from '../domain/token.ts';
import type { Log } from '../telemetry/log.ts';
import { type CancelOrder, createCancelOrder } from './cancel-order.ts';
import { createCommitPaidOrder } from './commit-paid-order.ts';
import { type ConfirmPayment, createConfirmPayment } from './confirm-payment.ts';
import { createEraseOrder, type EraseOrder } from './erase-order.ts';
import { createOpenLink, type OpenLink } from './open-link.ts';
import { createOpenReport, type OpenReport } from './open-report.ts';
import { createOrderAccess, type OrderAccess } from './order-access.ts';
import { createPlaceOrder, type PlaceOrder } from './place-order.ts';
import { createProcessEvent, type ProcessEvent } from './process-event.ts';
import { createProcessEvents, type ProcessEvents } from './process-events.ts';
import { createReadOrder, type ReadOrder } from './read-order.ts';
import { createReceiveEvent, type ReceiveEvent } from './receive-event.ts';
import { createReceiveMailEvents, type ReceiveMailEvents } from './receive-mail-events.ts';
import { createReconcile, type Reconcile } from './reconcile.ts';
import { createRecordDispute } from './record-dispute.ts';
import { createRecordPayment } from './record-payment.ts';
import { createRecordRefunds } from './record-refunds.ts';
import { createReissueLinks, type ReissueLinks } from './reissue-links.ts';
import { createSendRefunds, type SendRefunds } from './send-refunds.ts';
import { createSettleOrder } from './settle-order.ts';
import { createStopUnbegun } from './stop-unbegun.ts';
import { createWatchOrder, type WatchOrder } from './watch-order.ts';

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

export interface Orders {
  placeOrder: PlaceOrder;
  confirmPayment: ConfirmPayment;
  receiveEvent: ReceiveEvent;
  processEvent: ProcessEvent;
  processEvents: ProcessEvents;
  access: OrderAccess;
  readOrder: ReadOrder;
  watchOrder: WatchOrder;
  openReport: OpenReport;
  openLink: OpenLink;
  reissueLinks: ReissueLinks;
  cancelOrder: CancelOrder;
  eraseOrder: EraseOrder;
  receiveMailEvents: ReceiveMailEvents;
  /** what the API processes do by themselves, one at a time */
  sendRefunds: SendRefunds;
  reconcile: Reconcile;
}

export function createOrders(deps: OrdersDeps): Orders {
  const commitPaidOrder = createCommitPaidOrder(deps);
  const recordPayment = createRecordPayment({ ...deps, commitPaidOrder });
  const settleOrder = createSettleOrder({ ...deps, sendEmail: null });
  const stopUnbegun = createStopUnbegun({ ...deps, commitPaidOrder, settleOrder });
  const recordRefunds = createRecordRefunds({ ...deps, stopUnbegun });
  const recordDispute = createRecordDispute({ ...deps, stopUnbegun });
  const processEvent = createProcessEvent({ ...deps, recordPayment, recordRefunds, recordDispute });
  const confirmPayment = createConfirmPayment({ ...deps, recordPayment });
  const readOrder = createReadOrder(deps);
  const openReport = createOpenReport(deps);
  return {
    placeOrder: createPlaceOrder(deps),
    confirmPayment,
    receiveEvent: createReceiveEvent(deps),
    processEvent,
    processEvents: createProcessEvents({ ...deps, processEvent }),
    access: createOrderAccess(deps),
    readOrder,
    watchOrder: createWatchOrder({ ...deps, readOrder }),
    openReport,
    openLink: createOpenLink({ ...deps, openReport }),
    reissueLinks: createReissueLinks(deps),
    cancelOrder: createCancelOrder({ ...deps, recordPayment, stopUnbegun }),
    eraseOrder: createEraseOrder({ ...deps, stopUnbegun, settleOrder }),
    receiveMailEvents: createReceiveMailEvents(deps),
    sendRefunds: createSendRefunds(deps),
    reconcile: createReconcile({ ...deps, confirmPayment, recordRefunds, processEvent }),
  };
}
