/** The check against programs in German. */
import type { CaptchaCatalogue } from './captcha_catalogue_type.ts'

export const deCaptcha: CaptchaCatalogue = {
  confirm: 'Bitte bestätigen Sie, dass Sie kein Programm sind',
  work: 'Es wird geprüft, dass Sie kein Programm sind. Sie müssen nichts tun …',
  done: 'Geprüft: Sie sind kein Programm.',
  failed: 'Die Prüfung konnte nicht geladen werden. Bitte nehmen Sie den anderen Weg unten.',
  needsJavaScript:
    'Hier wird geprüft, dass kein Programm das Formular sendet. Die Prüfung braucht JavaScript, das in Ihrem Browser ausgeschaltet ist.',
  otherWay: 'Sie können diese Prüfung nicht machen?',
  wait: {
    one: 'Lassen Sie diese Seite {count} Sekunde offen und senden Sie dann das Formular: Es wird ohne Prüfung angenommen.',
    other: 'Lassen Sie diese Seite {count} Sekunden offen und senden Sie dann das Formular: Es wird ohne Prüfung angenommen.',
  },
  notices: {
    missing:
      'Es gab mehrere Versuche. Bitte bestätigen Sie vor dem nächsten, dass Sie kein Programm sind, und füllen Sie das Formular noch einmal aus.',
    waiting: {
      one: 'Die Prüfung fehlt. Machen Sie sie, oder senden Sie das Formular in {count} Sekunde: Dann wird es ohne sie angenommen.',
      other: 'Die Prüfung fehlt. Machen Sie sie, oder senden Sie das Formular in {count} Sekunden: Dann wird es ohne sie angenommen.',
    },
    failed: 'Die Prüfung wurde nicht bestanden oder war zu alt. Bitte machen Sie sie noch einmal.',
    unavailable: 'Die Prüfung kann im Moment nicht bestätigt werden. Bitte versuchen Sie es bald noch einmal.',
  },
}
