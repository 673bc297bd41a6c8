// Follows the order and fetches this page again whenever the order has changed.
const shown = () => document.querySelector('main').dataset;
const { order, status } = shown();
const path = `/v1/orders/${order}`;
const open = (state) => state === 'awaiting_payment' || state === 'paid';

async function refresh() {
  const response = await fetch(location.href, { cache: 'no-store' });
  if (!response.ok) return;
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  document.querySelector('main').replaceWith(page.querySelector('main'));
  document.title = page.title;
}

// on the document, because every refresh replaces the button
document.addEventListener('click', async ({ target }) => {
  if (target.id !== 'resend') return;
  target.disabled = true;
  const response = await fetch(`${path}/email`, { method: 'POST' });
  if (!response.ok) alert((await response.json()).detail);
  await refresh();
});

document.addEventListener('submit', (event) => {
  const { ask } = event.target.dataset;
  if (ask && !confirm(ask)) event.preventDefault();
});

if (open(status)) {
  // back from the checkout: do not wait for the provider's own message
  if (status === 'awaiting_payment') fetch(`${path}/confirm`, { method: 'POST' }).catch(() => {});
  const events = new EventSource(`${path}/events`);
  events.onmessage = ({ data }) => {
    const snapshot = JSON.parse(data);
    if (!open(snapshot.status)) events.close();
    if (snapshot.revision > Number(shown().revision)) refresh().catch(() => {});
  };
}
