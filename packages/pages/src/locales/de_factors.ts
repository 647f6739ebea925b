/** The pages of further factors in German. */
import type { FactorCatalogue } from './factor_catalogue_type.ts'

export const deFactors: FactorCatalogue = {
  kinds: {
    passkey: 'Passkey',
    totp: 'Authenticator-App',
    email_otp: 'Code per E-Mail',
    sms_otp: 'Code per SMS',
    recovery_code: 'Wiederherstellungscode',
  },
  code: 'Code',
  recoveryCode: 'Wiederherstellungscode',
  submit: 'Weiter',
  resend: 'Noch einen Code senden',
  mfa: {
    title: 'Bestätigen Sie, dass Sie es sind',
    signedInAs: 'Sie melden sich als {user} an.',
    notYou: 'Nicht Sie?',
    passkey: 'Bestätigen Sie mit einem Passkey: Fingerabdruck, Gesicht oder die Sperre Ihres Geräts.',
    passkeyUse: 'Passkey verwenden',
    passkeyElsewhere: 'Ihr Passkey gilt nur bei {host}. Verwenden Sie etwas anderes, oder melden Sie sich dort an.',
    passkeyWithout:
      'Passkeys brauchen JavaScript und einen Browser, der sie kennt. Verwenden Sie etwas anderes, oder einen anderen Browser.',
    totp: 'Geben Sie den Code ein, den Ihre Authenticator-App anzeigt.',
    email_otp: 'Geben Sie den Code ein, den wir an {address} gesendet haben.',
    sms_otp: 'Geben Sie den Code ein, den wir an {address} gesendet haben.',
    recovery_code: 'Geben Sie einen der Wiederherstellungscodes ein, die Sie aufbewahrt haben. Jeder gilt einmal.',
    remember: {
      one: 'In diesem Browser {count} Tag lang nicht fragen',
      other: 'In diesem Browser {count} Tage lang nicht fragen',
    },
    rememberHint: 'Nur in einem Browser, den niemand sonst benutzt.',
    others: 'Etwas anderes verwenden',
  },
  enrol: {
    title: 'Zweiten Faktor einrichten',
    intro: 'Ihr Konto braucht einen, bevor Sie fortfahren können. Er wird neben Ihrem Passwort verlangt.',
    choose: 'Was möchten Sie verwenden?',
    passkeyHint: 'Fingerabdruck, Gesicht oder die Sperre Ihres Geräts. Damit melden Sie sich auch allein an, ohne Passwort.',
    passkeyIntro:
      'Einen Passkey bewahrt Ihr Telefon, Ihr Computer oder ein Sicherheitsschlüssel auf. Sie bestätigen mit Fingerabdruck, Gesicht oder der Sperre des Geräts; zu merken oder zu tippen gibt es nichts.',
    passkeyMake: 'Passkey anlegen',
    totpHint: 'Eine App auf Telefon oder Computer, die Codes anzeigt, auch ohne Verbindung.',
    emailHint: 'Ein Code in einem Postfach, das Ihnen gehört.',
    smsHint: 'Ein Code auf Ihrem Mobiltelefon.',
    scan: 'Lesen Sie dieses Bild mit Ihrer Authenticator-App ein und geben Sie dann den Code ein, den sie anzeigt.',
    picture: 'QR-Code mit dem Schlüssel darunter',
    key: 'Oder geben Sie in der App diesen Schlüssel ein:',
    email: 'An welche Adresse sollen die Codes gehen?',
    phone: 'An welche Nummer sollen die Codes gehen?',
    send: 'Code senden',
    sent: 'Geben Sie den Code ein, den wir an {address} gesendet haben.',
    chooseOther: 'Etwas anderes wählen',
  },
  notices: {
    passkeyUntrusted: 'Diese Art von Passkey wird hier nicht angenommen. Verwenden Sie ein anderes Gerät, oder wählen Sie etwas anderes.',
    passkeyRefused: 'Dieser Passkey wird hier nicht angenommen. Versuchen Sie es noch einmal, oder verwenden Sie etwas anderes.',
    passkeyNotAdded: 'Der Passkey wurde nicht hinzugefügt. Bitte versuchen Sie es noch einmal.',
    sent: 'Ein Code ist unterwegs.',
    wait: {
      one: 'Bitte warten Sie {count} Minute, bevor Sie noch einen Code anfordern.',
      other: 'Bitte warten Sie {count} Minuten, bevor Sie noch einen Code anfordern.',
    },
    waitSeconds: {
      one: 'Bitte warten Sie {count} Sekunde, bevor Sie noch einen Code anfordern.',
      other: 'Bitte warten Sie {count} Sekunden, bevor Sie noch einen Code anfordern.',
    },
    enough: 'Für diese Anmeldung werden keine Codes mehr gesendet. Verwenden Sie etwas anderes, oder beginnen Sie von vorn.',
    expired: 'Dieser Code gilt nicht mehr. Bitte fordern Sie einen neuen an.',
    enrolmentExpired: 'Das hat zu lange gedauert. Bitte beginnen Sie noch einmal.',
    locked: {
      one: 'Zu viele Versuche. Bitte warten Sie {count} Minute und versuchen Sie es dann noch einmal.',
      other: 'Zu viele Versuche. Bitte warten Sie {count} Minuten und versuchen Sie es dann noch einmal.',
    },
  },
}
