import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const root = fileURLToPath(new URL('.', import.meta.url))

/** The dashboard: built into dist/web, where the server serves it from. `npx vite web` develops against a running server. */
export default defineConfig({
  root,
  base: './',
  plugins: [react()],
  worker: { format: 'es' },
  build: { outDir: '../dist/web', emptyOutDir: true, target: 'es2022', chunkSizeWarningLimit: 1024 },
  css: { postcss: { plugins: [] } },
  server: { proxy: { '/api': 'http://127.0.0.1:8180' } },
})
