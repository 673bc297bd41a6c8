/**
 * Uses every operation of the API as a front end would, through the packed client. It runs as it is in Node and in a
 * browser, so it imports types only.
 */
import type * as Package from '../../client/src/index.ts';
import type * as Operations from '../../client/src/operations.ts';

export interface Drive {
  client: typeof Package;
  operations: typeof Operations;
  apiUrl: string;
  operatorPassword: string;
  /** A browser opens pages and follows redirects to other sites, but no script of a page can. */
  inBrowser: boolean;
  pay(checkoutUrl: string): Promise<void>;
  /** @returns the type of what is there */
  download(address: string): Promise<string>;
}

/** @returns what happened, and each request as `METHOD /path` */
export async function drive(given: Drive) {
  const { client, operations, apiUrl, inBrowser } = given;
  const requests: string[] = [];
  const fetch: typeof globalThis.fetch = (input, init) => {
    const { method, url } = input instanceof Request ? input : new Request(input, init);
    requests.push(`${method} ${new URL(url).pathname}`);
    return globalThis.fetch(input, init);
  };
  const almanac = client.createAlmanac({ baseUrl: `${apiUrl}/`, fetch });
  /** @returns the code that a call is refused with */
  const refusal = async (call: Promise<unknown>): Promise<string> => {
    try {
      await call;
      return 'accepted';
    } catch (error) {
      if (error instanceof client.AlmanacError) return error.code;
      throw error;
    }
  };

  const products = await almanac.listProducts();
  const { places } = await almanac.searchPlaces('Vienna', { limit: 3 });
  const birth = {
    name: 'Ada',
    date: '1990-06-15',
    time: '14:30',
    place: { id: places[0]?.id ?? '' },
  };
  const request = { email: 'ada@example.com', products: ['life-clarity' as const], birth };

  const wrong = {
    ...request,
    products: ['tarot' as never],
    birth: { ...birth, date: '1990-02-30' },
  };
  let fields: Record<string, string> = {};
  try {
    await almanac.placeOrder(wrong);
  } catch (error) {
    if (error instanceof client.AlmanacError) fields = error.fields;
  }

  const unpaid = await almanac.placeOrder(request);
  const notPaid = await refusal(almanac.confirmPayment(unpaid.orderId));
  const cancelled = await almanac.cancelOrder(unpaid.orderId);
  const stranger = client.createAlmanac({ baseUrl: apiUrl });
  const noToken = await refusal(stranger.readOrder(unpaid.orderId));

  const placed = await almanac.placeOrder({ ...request, email: 'grace@example.com' });
  await given.pay(placed.checkoutUrl ?? '');
  const confirmed = await almanac.confirmPayment(placed.orderId);
  const counts: number[] = [];
  for await (const order of almanac.watchOrder(placed.orderId)) {
    counts.push(order.reports[0]?.progress.done ?? 0);
  }
  const order = await almanac.readOrder(placed.orderId);
  const changes = {
    start: await refusal(almanac.startOrder(placed.orderId)),
    correct: await refusal(almanac.correctOrder(placed.orderId, birth)),
  };
  const downloaded = await given.download(
    await almanac.reportAddress(placed.orderId, 'life-clarity'),
  );
  const again = await refusal(almanac.sendLinksAgain(placed.orderId));

  const call = { client: almanac.client, throwOnError: true } as const;
  // the links of the first letter have ended now
  const now = await almanac.readOrder(placed.orderId);
  const shared = now.reports[0]?.links?.shared?.split('/').at(-1) ?? '';
  const alive = (await operations.isAlive(call)).data.status;
  const ready = (await operations.isReady(call)).data.status;
  const signed = { ...call, headers: { authorization: `Bearer ${given.operatorPassword}` } };
  const { reports } = (await operations.listReports({ ...signed, query: { state: 'delivered' } }))
    .data;
  const usage = (await operations.readUsage(signed)).data.total.calls;
  const body = { why: 'to see what it answers' };
  const path = { reportId: reports[0]?.reportId ?? '' };
  const moves = {
    hold: await refusal(operations.holdReport({ ...signed, path, body })),
    release: await refusal(operations.releaseReport({ ...signed, path, body })),
    retry: await refusal(operations.retryReport({ ...signed, path, body })),
    hasten: await refusal(operations.hastenReport({ ...signed, path, body })),
    cancel: await refusal(operations.cancelReport({ ...signed, path, body })),
    refund: await refusal(
      operations.refundOrder({ ...signed, path: { orderId: unpaid.orderId }, body }),
    ),
    resend: await refusal(operations.resendLetter({ ...signed, path: { key: 'none' }, body })),
  };
  const opened: Record<string, unknown> = {};
  if (!inBrowser) {
    opened.page = String(
      (await operations.orderPage({ ...call, path: { token: placed.accessToken } })).data,
    ).length;
    const onPage = { client: almanac.client, path: { token: placed.accessToken } };
    opened.start = (await operations.startFromPage(onPage)).response?.status;
    opened.cancel = (await operations.cancelFromPage(onPage)).response?.status;
    opened.link = (
      await operations.openLink({ ...call, parseAs: 'blob', path: { token: shared } })
    ).response.status;
    opened.renewed = await refusal(operations.renewLink({ ...call, path: { token: shared } }));
    opened.stripe = await refusal(operations.receiveStripeEvent(call));
    opened.mail = await refusal(operations.receiveMailEvents(call));
  }
  const erased = await almanac.eraseOrder(placed.orderId);
  const gone = (await almanac.readOrder(placed.orderId)).erased;

  return {
    requests,
    products: products.map(({ id }) => id),
    place: places[0]?.name,
    fields,
    notPaid,
    cancelled: cancelled.status,
    noToken,
    confirmed: confirmed.status,
    counts,
    status: order.status,
    changes,
    downloaded,
    again,
    alive,
    ready,
    usage,
    moves,
    opened,
    sections: erased.sections,
    gone,
  };
}
