import adapter from '@sveltejs/adapter-static';
import { sveltekit } from '@sveltejs/kit/vite';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'vite';
import { messagesOf } from './messages.ts';

/** Which of the fragments to build; `build.ts` sets it. Checks and editors see the portal. */
const surface = process.env['RESELLER_SURFACE'] ?? 'portal';
/** `build.ts` finishes the shell there and moves it to `dist/ui`. */
const out = `../dist/.ui/${surface}`;

export default defineConfig({
  // A small file of texts would become a data address, which the policy forbids to fetch.
  build: { target: 'es2022', assetsInlineLimit: 0 },
  plugins: [
    messagesOf(surface),
    tailwindcss(),
    sveltekit({
      adapter: adapter({ pages: out, assets: out, fallback: 'index.html', precompress: true }),
      files: { routes: `src/routes/${surface}` },
      output: { bundleStrategy: 'single' },
      csp: {
        mode: 'hash',
        directives: {
          'default-src': ['none'],
          'script-src': ['self'],
          'style-src': ['self'],
          'style-src-attr': ['unsafe-inline'],
          'img-src': ['self', 'data:'],
          'connect-src': ['self'],
          'base-uri': ['self'],
          'form-action': ['none'],
        },
      },
      version: { name: 'built', pollInterval: 0 },
    }),
  ],
});
