/** What a customer does in the minutes after payment. It may be too late for that. */
import type { InGrace } from './plan.ts';
import { send } from './send.ts';

/** Another place, so that chart and report year differ. */
const CORRECTED = {
  name: 'Ada Moreau',
  date: '1990-07-16',
  time: '12:01',
  place: { name: 'Kyoto', latitude: 35, longitude: 135.8, timeZone: 'Asia/Tokyo' },
};

/** @param persist tries again until the API answers */
export async function useGrace(
  what: Exclude<InGrace, 'wait'>,
  persist: (work: (tries: number) => Promise<unknown>) => Promise<unknown>,
  apiUrls: readonly string[],
  { orderId, accessToken, customer }: { orderId: string; accessToken: string; customer: number },
): Promise<void> {
  const act = (name: string, body?: object) =>
    persist((tries) =>
      send(`${apiUrls[tries % apiUrls.length]}/v1/orders/${orderId}/${name}`, {
        ...(body && { body }),
        customer,
        headers: { authorization: `Bearer ${accessToken}` },
      }).catch(unlessTooLate),
    );
  if (what === 'correct') await Promise.all([act('start'), act('correct', { birth: CORRECTED })]);
  else await act(what);
}

function unlessTooLate(error: unknown): void {
  if (!String(error).includes('answered 409')) throw error;
}
