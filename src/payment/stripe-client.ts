/** Stripe's SDK, set up so that no answer can end the process. */
import Stripe from 'stripe';

/** @param url null: Stripe's own address @param timeout of one try, milliseconds; each call is tried twice at most */
export function createStripeClient(key: string, url: string | null, timeout: number): Stripe {
  return new Stripe(key, {
    ...(url === null ? {} : addressOf(url)),
    timeout,
    maxNetworkRetries: 1,
    telemetry: false,
    httpClient: refusingNonObjects(Stripe.createNodeHttpClient()),
  });
}

type HttpClient = ReturnType<typeof Stripe.createNodeHttpClient>;

/**
 * The SDK attaches a property to whatever a 200 holds. To a text or a number it cannot, and its error then comes
 * where nobody can catch it (RequestSender, stripe 23.1): such a body must be refused before.
 */
function refusingNonObjects(client: HttpClient): HttpClient {
  const makeRequest = client.makeRequest.bind(client);
  client.makeRequest = async (...request) => {
    const response = await makeRequest(...request);
    const toJSON = response.toJSON.bind(response);
    response.toJSON = async () => {
      const body: unknown = await toJSON();
      if (typeof body === 'object' && body !== null) return body;
      throw new SyntaxError('the body is no JSON object');
    };
    return response;
  };
  return client;
}

function addressOf(url: string): Pick<Stripe.StripeConfig, 'host' | 'port' | 'protocol'> {
  const { hostname, port, protocol } = new URL(url);
  const http = protocol === 'http:';
  return { host: hostname, port: port || (http ? 80 : 443), protocol: http ? 'http' : 'https' };
}
