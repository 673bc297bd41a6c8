/** The API's use cases, built from the ports. */

import { createCommitPaidOrder } from './commit-paid-order.ts';
import { type ConfirmPayment, createConfirmPayment } from './confirm-payment.ts';
import { type CancelOrder, createCancelOrder } from './customers/cancel-order.ts';
import { type CorrectOrder, createCorrectOrder } from './customers/correct-order.ts';
import { createEraseOrder, type EraseOrder } from './customers/erase-order.ts';
import { createOpenLink, type OpenLink } from './customers/open-link.ts';
import { createOpenReport, type OpenReport } from './customers/open-report.ts';
import { createOrderAccess, type OrderAccess } from './customers/order-access.ts';
import { createReadOrder, type ReadOrder } from './customers/read-order.ts';
import { createReissueLinks, type ReissueLinks } from './customers/reissue-links.ts';
import { createStartOrder, type StartOrder } from './customers/start-order.ts';
import { createWatchOrder, type WatchOrder } from './customers/watch-order.ts';
import { createReceiveMailEvents, type ReceiveMailEvents } from './letters/receive-mail-events.ts';
import { createProcessEvent, type ProcessEvent } from './money/process-event.ts';
import { createProcessEvents, type ProcessEvents } from './money/process-events.ts';
import { createReceiveEvent, type ReceiveEvent } from './money/receive-event.ts';
import { createReconcile, type Reconcile } from './money/reconcile.ts';
import { createRecordDisputes } from './money/record-disputes.ts';
import { createRecordPayment } from './money/record-payment.ts';
import { createRecordRefunds } from './money/record-refunds.ts';
import { createSendRefunds, type SendRefunds } from './money/send-refunds.ts';
import { createStopUnbegun } from './money/stop-unbegun.ts';
import type { OrdersDeps } from './needs.ts';
import { readOnSaleAnyway, type WhyNotSold } from './on-sale.ts';
import {
  type CheckOrder,
  createCheckOrder,
  createPlaceOrder,
  type PlaceOrder,
} from './place-order.ts';
import { createSettleOrder } from './settle-order.ts';

export interface Orders {
  /** what is sold now, for the catalogue */
  readOnSale: () => Promise<WhyNotSold>;
  checkOrder: CheckOrder;
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
  startOrder: StartOrder;
  correctOrder: CorrectOrder;
  eraseOrder: EraseOrder;
  receiveMailEvents: ReceiveMailEvents;
  /** what the API does by itself, in one process at a time */
  sendRefunds: SendRefunds;
  reconcile: Reconcile;
}

export function createOrders(deps: OrdersDeps): Orders {
  const commitPaidOrder = createCommitPaidOrder(deps);
  const recordPayment = createRecordPayment({ ...deps, commitPaidOrder });
  const settleOrder = createSettleOrder({ ...deps, sendEmail: null });
  const stopUnbegun = createStopUnbegun({ ...deps, commitPaidOrder, settleOrder });
  const recordRefunds = createRecordRefunds({ ...deps, stopUnbegun });
  const eraseOrder = createEraseOrder({ ...deps, stopUnbegun, settleOrder });
  const recordDisputes = createRecordDisputes({
    ...deps,
    commitPaidOrder,
    settleOrder,
    eraseAfterDispute: eraseOrder.eraseAfterDispute,
  });
  const money = { recordPayment, recordRefunds, recordDisputes, settleOrder };
  const processEvent = createProcessEvent({ ...deps, ...money });
  const confirmPayment = createConfirmPayment({ ...deps, recordPayment });
  const readOrder = createReadOrder(deps);
  const openReport = createOpenReport(deps);
  return {
    readOnSale: () => readOnSaleAnyway(deps),
    checkOrder: createCheckOrder(deps),
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
    startOrder: createStartOrder({ ...deps, commitPaidOrder }),
    correctOrder: createCorrectOrder(deps),
    eraseOrder,
    receiveMailEvents: createReceiveMailEvents(deps),
    sendRefunds: createSendRefunds(deps),
    reconcile: createReconcile({ ...deps, ...money, confirmPayment, processEvent }),
  };
}
