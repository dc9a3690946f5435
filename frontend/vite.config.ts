// Builds the pages' scripts and styles into the package, where the wheel takes them from. Nothing built is committed.
import { defineConfig } from "vite";

export default defineConfig({
  base: "/static/toex/",
  publicDir: false,
  build: {
    outDir: "../src/toex/web/static/toex",
    emptyOutDir: false, // the basemap lies there too
    manifest: "manifest.json",
    cssMinify: false, // Vite's minifier refuses a hack in GOV.UK Frontend; Sass compresses
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0, // the content security policy allows no data: fonts
    chunkSizeWarningLimit: 700,
    rollupOptions: { input: { main: "src/main.ts", styles: "src/styles/main.scss" } },
  },
  css: { preprocessorOptions: { scss: { style: "compressed", quietDeps: true, loadPaths: ["node_modules"] } } },
});
