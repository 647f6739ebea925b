/** German words of what adaptive scripts show. */
import type { PromptCatalogue } from './en_prompt.ts'

export const dePrompt: PromptCatalogue = {
  title: 'Eine Frage noch',
  go: 'Weiter',
  waitTitle: 'Einen Augenblick',
  wait: 'Wir prüfen etwas. Diese Seite geht von selbst weiter.',
  errorTitle: 'Sie können sich hier nicht anmelden',
  error: 'Die Anwendung lässt Ihre Anmeldung nicht zu. Wenn Sie das für falsch halten, fragen Sie deren Betreiber.',
  sessionsTitle: 'Sie sind woanders angemeldet',
  sessions: 'Sie haben so viele Sitzungen, wie Sie haben dürfen. Beenden Sie eine davon, um hier weiterzumachen.',
}
