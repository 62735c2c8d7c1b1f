import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { routeTable } from './build/route-table.ts';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), tailwindcss(), routeTable()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2023',
    manifest: true,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  server: {
    port: 5173,
    proxy: { '/api': { target: process.env.DESTINY_API ?? 'http://127.0.0.1:8787', ws: true } },
  },
});
