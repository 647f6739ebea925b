/** Builds My Account into `.build/portal`. Every address in it is relative to its own file: under which tenant's path it is served is known at run time only. */
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  publicDir: false,
  plugins: [react()],
  build: {
    outDir: '../../.build/portal',
    emptyOutDir: true,
    manifest: 'manifest.json',
    target: 'es2023',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    // the frame with React, Mantine and the router; screens are files of their own. A warning here would be shown to whoever starts the house
    chunkSizeWarningLimit: 700,
    rolldownOptions: { input: 'src/main.tsx' },
  },
})
