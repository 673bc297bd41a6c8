/** A page in Chromium, served from an origin of its own with the packed client. */
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { stripTypeScriptTypes } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { findChromium } from '../scripts/find-chromium.ts';

const MODULES = {
  imports: {
    'almanac-client': '/node_modules/almanac-client/dist/index.js',
    'almanac-client/operations': '/node_modules/almanac-client/dist/operations.js',
    eventsource: '/node_modules/eventsource/dist/index.js',
    'eventsource-parser': '/node_modules/eventsource-parser/dist/index.js',
  },
};
/** As a bundler would leave out: the browser finds modules by this map. */
const HEAD = `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><script type="importmap">${JSON.stringify(MODULES)}</script>`;

export interface OpenPage extends AsyncDisposable {
  page: Page;
  /** what the browser complained about */
  complaints: string[];
}

/** @param served folder with node_modules; @param html what the page holds; `/x.ts` is a file of test/client */
export async function openPage(served: string, html: string): Promise<OpenPage> {
  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://page').pathname;
    try {
      if (path === '/') {
        response.setHeader('content-type', 'text/html');
        return void response.end(HEAD + html);
      }
      const file = path.endsWith('.ts') ? join('test/client', path) : join(served, path);
      const text = await readFile(file, 'utf8');
      response.setHeader('content-type', 'text/javascript');
      response.end(path.endsWith('.ts') ? stripTypeScriptTypes(text) : text);
    } catch {
      response.writeHead(404).end();
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const browser = await chromium.launch({
    executablePath: findChromium() ?? 'chromium',
    // root, as in a container, has no sandbox of Chromium's
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (line) => {
    if (line.type() === 'error') complaints.push(line.text());
  });
  await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/`);
  return {
    page,
    complaints,
    async [Symbol.asyncDispose]() {
      await browser.close();
      server.close();
    },
  };
}
