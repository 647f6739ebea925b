/** Starts My Account in the page that the server sent. */
import './mantine.css'
import './portal.css'
import { createRoot } from 'react-dom/client'
import { Portal } from './portal.tsx'
import { readShell } from './shell.ts'
import { loadWords } from './words.tsx'

const shell = readShell(document)
// the name by which the scroll lock of Mantine's dialogs looks for the nonce of the style that it adds
Object.assign(globalThis, { __webpack_nonce__: shell.nonce })

const words = await loadWords(shell.locale)
createRoot(shell.root).render(<Portal shell={shell} firstWords={words} />)
