/** What the renderer uses of bidi-js 1, whose own types describe another export than it has. */
declare module 'bidi-js' {
  interface Bidi {
    /** @returns the level of each UTF-16 unit; without a direction the first letters decide */
    getEmbeddingLevels(text: string, direction?: 'ltr' | 'rtl'): { levels: Uint8Array };
  }
  const createBidi: () => Bidi;

  // biome-ignore lint/style/noDefaultExport: the package has no other
  export { createBidi as default };
}
