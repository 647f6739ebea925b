/** Die Seiten eines ersten Schritts ohne Passwort, oder mit der Frage nach dem Namen zuerst, auf Deutsch. */
import type { FirstCatalogue } from './first_catalogue_type.ts'

export const deFirst: FirstCatalogue = {
  ways: {
    password: 'Das Passwort verwenden',
    email_otp: 'Einen Code per E-Mail schicken',
    sms_otp: 'Einen Code per SMS schicken',
    magic_link: 'Einen Link per E-Mail schicken',
    x509: 'Ein Zertifikat verwenden',
  },
  others: 'Anders anmelden',
  next: 'Weiter',
  named: 'Sie melden sich an als',
  notYou: 'Das sind nicht Sie?',
  choose: 'Wie möchten Sie sich anmelden?',
  code: {
    email: {
      title: 'Sehen Sie in Ihr Postfach',
      body: 'Wenn {user} hier eine bestätigte E-Mail-Adresse hat, ist ein Code dorthin unterwegs. Geben Sie ihn hier ein:',
    },
    sms: {
      title: 'Sehen Sie auf Ihr Telefon',
      body: 'Wenn {user} hier eine bestätigte Telefonnummer hat, ist ein Code dorthin unterwegs. Geben Sie ihn hier ein:',
    },
    submit: 'Anmelden',
    resend: 'Einen anderen Code schicken',
  },
  wait: {
    title: 'Sehen Sie in Ihr Postfach',
    body: 'Wenn {user} hier eine bestätigte E-Mail-Adresse hat, ist ein Link dorthin unterwegs.',
    here: 'Öffnen Sie ihn in diesem Browser, so sind Sie dort angemeldet.',
    elsewhere: 'Öffnen Sie ihn auf einem anderen Gerät, so zeigt er einen Code, den Sie hier eingeben.',
    opened: 'Ich habe ihn geöffnet',
    notYet: 'Der Link wurde noch nicht geöffnet.',
    typeIt: 'Der Link wurde in einem anderen Browser geöffnet. Geben Sie den Code ein, der dort gezeigt wird.',
    doneElsewhere: 'Sie haben sich mit dem Link angemeldet, in einem anderen Tab dieses Browsers. Diesen können Sie schließen.',
    code: 'Code vom anderen Gerät',
    submit: 'Anmelden',
    resend: 'Einen anderen Link schicken',
  },
  open: {
    hereTitle: 'Anmelden?',
    here: 'Sie haben diesen Link in diesem Browser angefordert.',
    elsewhereTitle: 'Möchten Sie sich anmelden?',
    elsewhere: 'Jemand hat diesen Link in einem anderen Browser angefordert, auf diesem oder einem anderen Gerät:',
    user: 'Benutzername',
    application: 'Anwendung',
    asked: 'Angefordert am',
    network: 'Netzwerkadresse',
    place: 'Ort',
    warning:
      'Gehen Sie nur weiter, wenn Sie das waren und jenen Browser vor sich haben. Wer den Code dort eingibt, ist als Sie angemeldet.',
    signIn: 'Anmelden',
    showCode: 'Das war ich: Code zeigen',
    deny: 'Das war ich nicht',
    codeTitle: 'Geben Sie diesen Code im anderen Browser ein',
    code: 'Er meldet Sie dort an, wo Sie den Link angefordert haben, einmal, für wenige Minuten. Sagen Sie ihn niemandem, wer auch fragt. Diese Seite können Sie dann schließen.',
  },
  closed: {
    goneTitle: 'Dieser Link gilt nicht mehr',
    gone: 'Er wurde schon verwendet, ist zu alt, oder es wurde ein neuerer geschickt. Fordern Sie dort einen anderen an, wo Sie sich anmelden.',
    deniedTitle: 'Der Link ist jetzt wertlos',
    denied:
      'Durch ihn wurde niemand angemeldet, und niemand kann es mehr werden. Geschieht das wieder, sagen Sie es denen, die {brand} betreiben.',
  },
  notices: {
    sent: 'Ein anderer Link ist unterwegs.',
    wait: {
      one: 'Bitte warten Sie {count} Minute, bevor Sie einen anderen Link anfordern.',
      other: 'Bitte warten Sie {count} Minuten, bevor Sie einen anderen Link anfordern.',
    },
    waitSeconds: {
      one: 'Bitte warten Sie {count} Sekunde, bevor Sie einen anderen Link anfordern.',
      other: 'Bitte warten Sie {count} Sekunden, bevor Sie einen anderen Link anfordern.',
    },
    enough: 'Für diese Anmeldung werden keine Links mehr geschickt. Melden Sie sich anders an, oder beginnen Sie von vorn.',
    expired: 'Der Link gilt nicht mehr. Bitte fordern Sie einen anderen an.',
  },
}
