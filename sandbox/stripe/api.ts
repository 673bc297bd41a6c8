/** The routes under `/v1` that the SDK calls. */
import { createSession } from './create-session.ts';
import { fieldsOf, metadataOf, parseForm } from './form.ts';
import type { Answered } from './idempotency.ts';
import { page } from './list.ts';
import { findOr404, type Ledger, type Session, stripeFault } from './objects.ts';
import type { Payments } from './payments.ts';
import type { Webhooks } from './webhooks.ts';

export interface StripeParts {
  ledger: Ledger;
  payments: Payments;
  webhooks: Webhooks;
}

/** Nouns of two parts: `checkout/sessions`. */
const NESTED = ['checkout', 'radar'];

/** @throws RequestFault in Stripe's shape */
export async function answerApi(
  { ledger, payments, webhooks, payUrl }: StripeParts & { payUrl: string },
  method: string,
  url: URL,
  form: string,
  idempotencyKey: string | null,
): Promise<Answered> {
  const { pathname, searchParams: query } = url;
  const [, , noun = '', ...rest] = pathname.split('/').map(decodeURIComponent);
  const [id, verb] = NESTED.includes(noun) ? rest.slice(1) : rest;
  const ok = (body: object): Answered => ({ status: 200, body });
  const current = (sessionId: string): Session => {
    const session = findOr404(ledger.sessions, sessionId, 'checkout.session');
    const event = payments.touch(session);
    if (event !== null) void webhooks.send(event);
    return session;
  };

  switch (`${method} ${route(noun, rest)}`) {
    case 'POST checkout/sessions': {
      const fields = parseForm(form);
      const { session, lines } = createSession(fields, payUrl);
      ledger.sessions.set(session.id, session);
      ledger.lines.set(session.id, lines);
      ledger.paymentMetadata.set(session.id, metadataOf(fieldsOf(fields, 'payment_intent_data')));
      return ok({ ...session });
    }
    case 'GET checkout/sessions': {
      const intent = query.get('payment_intent');
      const status = query.get('status');
      const sessions = [...ledger.sessions.values()]
        .map((session) => current(session.id))
        .filter((session) => intent === null || session.payment_intent === intent)
        .filter((session) => status === null || session.status === status);
      return ok(page(sessions, query, pathname));
    }
    case 'GET checkout/sessions/:id':
      return ok(expanded(current(id ?? ''), ledger, query));
    case 'GET checkout/sessions/:id/line_items':
      current(id ?? '');
      return ok({ object: 'list', has_more: false, data: ledger.lines.get(id ?? '') ?? [] });
    case 'POST checkout/sessions/:id/expire': {
      const session = current(id ?? '');
      void webhooks.send(payments.expire(session));
      return ok({ ...session });
    }
    case 'GET payment_intents/:id':
      return ok({ ...findOr404(ledger.intents, id ?? '', 'payment_intent') });
    case 'GET charges/:id':
      return ok({ ...findOr404(ledger.charges, id ?? '', 'charge') });
    case 'POST refunds': {
      const { refund, events } = payments.refund(parseForm(form), idempotencyKey);
      for (const event of events) void webhooks.send(event);
      return ok({ ...refund });
    }
    case 'GET refunds': {
      const intent = query.get('payment_intent');
      const refunds = [...ledger.refunds.values()].filter(
        (refund) => intent === null || refund.payment_intent === intent,
      );
      return ok(page(refunds, query, pathname));
    }
    case 'GET disputes': {
      const intent = query.get('payment_intent');
      const disputes = [...ledger.disputes.values()].filter(
        (dispute) => intent === null || dispute.payment_intent === intent,
      );
      return ok(page(disputes, query, pathname));
    }
    case 'GET radar/early_fraud_warnings/:id':
      return ok({ ...findOr404(ledger.warnings, id ?? '', 'early_fraud_warning') });
    case 'GET disputes/:id':
      return ok({ ...findOr404(ledger.disputes, id ?? '', 'dispute') });
    case 'GET refunds/:id':
      return ok({ ...findOr404(ledger.refunds, id ?? '', 'refund') });
    case 'GET events': {
      const types = [...query]
        .filter(([name]) => /^types?(\[|$)/.test(name))
        .map(([, type]) => type);
      const success = query.get('delivery_success');
      const events = [...ledger.events.values()].filter(
        (event) =>
          (types.length === 0 || types.some((type) => matches(event.type, type))) &&
          (success === null || (webhooks.delivered(event.id) === true) === (success === 'true')),
      );
      return ok(page(events, query, pathname));
    }
    case 'GET events/:id':
      return ok({ ...findOr404(ledger.events, id ?? '', 'event') });
    default:
      throw stripeFault(404, `Unrecognized request URL (${method}: ${pathname}).`);
  }

  /** The pattern of the path, with `:id` for the variable parts. */
  function route(first: string, others: string[]): string {
    const fixed = NESTED.includes(first) ? [first, others[0]] : [first];
    return [
      ...fixed,
      ...(id === undefined ? [] : [':id']),
      ...(verb === undefined ? [] : [verb]),
    ].join('/');
  }
}

/** `checkout.session.*` means a family of types. */
function matches(type: string, pattern: string): boolean {
  return pattern.endsWith('*') ? type.startsWith(pattern.slice(0, -1)) : type === pattern;
}

function expanded(session: Session, ledger: Ledger, query: URLSearchParams): object {
  const wanted = [...query].filter(([name]) => name.startsWith('expand')).map(([, field]) => field);
  const lines = { object: 'list', has_more: false, data: ledger.lines.get(session.id) ?? [] };
  const intent = ledger.intents.get(session.payment_intent ?? '');
  return {
    ...session,
    ...(wanted.includes('line_items') ? { line_items: lines } : {}),
    ...(wanted.includes('payment_intent') && intent !== undefined
      ? { payment_intent: intent }
      : {}),
  };
}
