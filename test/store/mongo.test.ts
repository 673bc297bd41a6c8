import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../../src/domain/ports/store.ts';
import { createStore } from '../../src/store/create-store.ts';
import { openMongo } from '../../src/store/mongo/driver.ts';
import { openStore } from '../../src/store/open-store.ts';
import { describeCutOff } from '../contract/cut-off-contract.ts';
import { describeStore } from '../contract/store-contract.ts';
import { exampleOrder } from '../contract/store-examples.ts';
import { startMongoGate } from './mongo-gate.ts';
import { startMongoServer } from './mongo-server.ts';

const server = await startMongoServer();
process.stdout.write(`store contract ran on ${server.name}\n`);
afterAll(() => server.stop());

describeStore(server.name, () => openStore(server.url));

describe(`a write that is cut off on ${server.name}`, () => {
  let store: Store;
  beforeAll(async () => {
    store = await openStore(server.url);
  });
  afterAll(() => store.close());
  describeCutOff(
    () => store,
    async (writes, then) => {
      const gate = await startMongoGate(server.url, writes, then);
      // without migrations, which would count as writes
      const stopping = createStore(await openMongo({ url: gate.url }));
      return {
        store: stopping,
        async close() {
          await stopping.close();
          await gate.close();
        },
      };
    },
  );
});

describe('MongoDB', () => {
  it('says store_unavailable when nothing listens', async () => {
    await expect(openStore('mongodb://127.0.0.1:1/none')).rejects.toMatchObject({
      code: 'store_unavailable',
    });
  });

  it('says store_unavailable when the server dies while in use', async () => {
    const other = await startMongoServer();
    const store = await openStore(other.url);
    const order = exampleOrder();
    await store.orders.insert(order);
    await other.stop();
    const unavailable = { code: 'store_unavailable' };
    await expect(store.orders.find(order.id)).rejects.toMatchObject(unavailable);
    await expect(store.orders.change(order.id, {})).rejects.toMatchObject(unavailable);
    await store.close();
  });
});
