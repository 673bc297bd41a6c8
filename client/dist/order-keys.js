export function createOrderKeys() {
    const open = new Map();
    return {
        keyFor(request) {
            const text = JSON.stringify(request);
            const key = open.get(text) ?? randomKey();
            open.set(text, key);
            return key;
        },
        settle: (request) => void open.delete(JSON.stringify(request)),
    };
}
/** Like a UUID; `crypto.randomUUID` is missing on pages that were not loaded over https. */
function randomKey() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
