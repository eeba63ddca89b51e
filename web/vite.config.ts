// Three files with fixed names, so that the server can carry them: index.html, page.js, page.css.
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";

export default defineConfig({
  plugins: [svelte()],
  // `npx vite` while working on the page: data come from a `dateline serve` beside it.
  server: { proxy: { "/api": "http://127.0.0.1:8310" } },
  build: {
    outDir: "../crates/dateline-server/dist",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: false,
    cssCodeSplit: false,
    rollupOptions: {
      output: {
        entryFileNames: "page.js",
        chunkFileNames: "page-[name].js",
        assetFileNames: "page[extname]",
      },
    },
  },
});
