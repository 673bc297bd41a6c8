/** Reads a long listing page by page. */

const PAGE = 100;

/** @param read one page behind the id `after` */
export async function* pagesOf<T extends { id: string }>(
  read: (limit: number, after?: string) => Promise<T[]>,
): AsyncGenerator<T> {
  let after: string | undefined;
  for (;;) {
    const page = await read(PAGE, after);
    yield* page;
    if (page.length < PAGE) return;
    after = page.at(-1)?.id;
  }
}
