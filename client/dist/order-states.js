/** Whether nothing more happens by itself: it is settled, or will never be paid. */
export function isOver({ status }) {
    return status !== 'awaiting_payment' && status !== 'paid';
}
