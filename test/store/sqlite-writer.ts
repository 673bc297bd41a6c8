/** A process that writes sections until it is done or killed: `<url> <orderId> <reportId> <first> <count>`. */
import { openStore } from '../../src/store/open-store.ts';
import { exampleSection } from '../contract/store-examples.ts';

const [url = '', orderId = '', id = '', first = '1', count = '1'] = process.argv.slice(2);
const store = await openStore(url);
for (let step = Number(first); step < Number(first) + Number(count); step++) {
  await store.sections.insert(exampleSection({ id, orderId }, step));
  process.stdout.write(`${step}\n`); // acknowledged
}
await store.close();
