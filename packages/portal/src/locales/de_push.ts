/** Approvals of sign-ins in My Account, in German. */
import type { PatternOf } from '@gatehouse/core/phrase.ts'
import type { push as enPush } from './en_push.ts'

export const push: PatternOf<typeof enPush> = {
  title: 'Eine Anmeldung wartet auf Sie',
  intro: 'Jemand meldet sich mit Ihrem Passwort an. Wenn Sie es sind, wählen Sie die Zahl, die das andere Gerät zeigt.',
  proveFirst:
    'Jemand meldet sich mit Ihrem Passwort an. Bevor Sie das freigeben, bestätigen Sie bitte mit Ihrem zweiten Faktor, dass Sie es sind.',
  approve: 'Mit der Zahl {number} freigeben',
  deny: 'Das war ich nicht',
  application: 'Anwendung',
  device: 'Gerät',
  where: 'Wo',
  when: 'Wann',
  secure: 'Konto sichern',
  enrol: 'Anmeldungen hier freigeben',
  hint: 'Eine Anmeldung auf einem anderen Gerät zeigt eine Zahl, und Sie wählen sie in Mein Konto, auf einem Gerät, auf dem Sie angemeldet sind.',
  wake: {
    title: 'Dieses Gerät wecken',
    hint: 'Dieser Browser zeigt eine Mitteilung, wenn eine Anmeldung wartet, auch wenn „Mein Konto“ nicht offen ist.',
    on: 'Dieser Browser wird geweckt, solange Sie hier angemeldet sind.',
    denied: 'Ihr Browser zeigt keine Mitteilungen dieser Seite. Erlauben Sie sie in seinen Einstellungen, und laden Sie die Seite neu.',
    start: 'Wecken',
    stop: 'Nicht mehr wecken',
    failed: 'Dieser Browser kann im Augenblick nicht geweckt werden.',
  },
  outcomes: {
    approved: { title: 'Freigegeben', text: 'Das andere Gerät macht weiter.' },
    denied: {
      title: 'Abgelehnt',
      text: 'Niemand ist hineingekommen. Wer es war, kennt Ihr Passwort: Ändern Sie es, und sehen Sie nach, wo Sie angemeldet sind.',
    },
    wrong_number: {
      title: 'Abgelehnt',
      text: 'Das war nicht die Zahl, also ist niemand hineingekommen. Wenn Sie es waren, fragen Sie auf dem anderen Gerät noch einmal.',
    },
  },
}
