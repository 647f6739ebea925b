/** The pages of recovery in German. */
import type { RecoveryCatalogue } from './recovery_catalogue_type.ts'

export const deRecovery: RecoveryCatalogue = {
  newPassword: {
    title: 'Neues Passwort setzen',
    because: {
      forced: 'Die Verwaltung von {brand} bittet Sie um ein neues Passwort, bevor es weitergeht.',
      breached: 'Dieses Passwort ist bei einem anderen Dienst bekannt geworden. Wählen Sie ein neues, um fortzufahren.',
      expired: 'Ihr Passwort ist zu alt geworden. Wählen Sie ein neues, um fortzufahren.',
      recovery: 'Wählen Sie ein neues Passwort für {brand}.',
      not_me: 'Hat jemand anderes Ihr Passwort gesetzt, holen Sie Ihr Konto zurück: Wählen Sie ein neues.',
      no_password: 'Ihr Konto hatte bisher kein Passwort. Wählen Sie eines für {brand}.',
      invitation: '{brand} hat ein Konto für Sie angelegt. Wählen Sie ein Passwort, um es zu öffnen.',
    },
    account: 'Für das Konto {user}.',
    notYou: 'Nicht Sie?',
    submit: 'Passwort setzen',
    code: 'Code Ihrer Authentifizierungs-App oder ein Wiederherstellungscode',
    codeHint: 'Die Codes Ihres zweiten Faktors gehen dorthin, wohin auch dieser Link ging; darum wird noch etwas verlangt.',
    sessions: 'Anderswo werden Sie vielleicht abgemeldet, und Sie bekommen eine E-Mail über die Änderung.',
  },
  ask: {
    title: 'Passwort vergessen?',
    intro: 'Sagen Sie uns, wer Sie sind, und wir senden Ihnen, was Sie für ein neues brauchen.',
    field: 'Benutzername oder E-Mail-Adresse',
    how: 'Wie sollen wir es senden?',
    ways: {
      email_link: 'Ein Link per E-Mail',
      email_code: 'Ein Code per E-Mail',
      sms_link: 'Ein Link per SMS',
      sms_code: 'Ein Code per SMS',
    },
    submit: 'Weiter',
    forgotName: 'Auch den Benutzernamen vergessen?',
    back: 'Zurück zur Anmeldung',
    off: 'Vergessene Passwörter können hier nicht selbst ersetzt werden. Bitte wenden Sie sich an die Verwaltung.',
  },
  sent: {
    linkTitle: 'Sehen Sie nach unserer Nachricht',
    codeTitle: 'Code eingeben',
    email_link: 'Hat {name} hier ein Konto mit bestätigter E-Mail-Adresse, ist dorthin eine Nachricht mit einem Link unterwegs.',
    email_code: 'Hat {name} hier ein Konto mit bestätigter E-Mail-Adresse, ist dorthin eine Nachricht mit einem Code unterwegs.',
    sms_link: 'Hat {name} hier ein Konto mit bestätigter Telefonnummer, ist dorthin eine SMS mit einem Link unterwegs.',
    sms_code: 'Hat {name} hier ein Konto mit bestätigter Telefonnummer, ist dorthin eine SMS mit einem Code unterwegs.',
    patience: 'Das kann eine Minute dauern. Sehen Sie auch unter den unerwünschten Nachrichten nach.',
    code: 'Code',
    submit: 'Weiter',
    resend: 'Noch einmal senden',
    anew: 'Anderen Namen oder Weg verwenden',
  },
  userName: {
    title: 'Benutzernamen vergessen?',
    intro: 'Wir senden die Benutzernamen, die zu einer Adresse oder Nummer gehören, dorthin.',
    emailField: 'E-Mail-Adresse',
    phoneField: 'Telefonnummer',
    submit: 'Benutzernamen senden',
    sentTitle: 'Sehen Sie nach unserer Nachricht',
    sent: 'Ist {address} die bestätigte Adresse oder Nummer eines Kontos, ist dorthin eine Nachricht mit dem Benutzernamen unterwegs.',
    back: 'Zurück zur Anmeldung',
  },
  done: {
    title: 'Ihr Passwort ist gesetzt',
    body: 'Sie können sich jetzt damit anmelden.',
    signIn: 'Anmelden',
    back: 'Zurück zu {application}',
  },
  expired: {
    title: 'Dieser Link gilt nicht mehr',
    body: 'Er wurde schon benutzt, ist zu alt, oder das Passwort wurde seither geändert.',
    invitation:
      'Er wurde schon benutzt, ist zu alt, oder ein neuerer wurde gesendet. Bitten Sie die Person, die Sie eingeladen hat, um einen anderen.',
    again: 'Einen neuen anfordern',
  },
  unlock: {
    title: 'Von diesem Browser anmelden?',
    body: 'Für das Konto {user} hat jemand zu viele Passwörter versucht. Möchten Sie sich jetzt von diesem Browser anmelden, gehen Sie weiter: Er bekommt eigene Versuche.',
    not: 'Waren Sie es nicht, schließen Sie diese Seite. Ohne das Passwort kommt niemand hinein.',
    submit: 'Weiter',
  },
  notices: {
    sent: 'Die Nachricht ist unterwegs, wenn es ein solches Konto gibt.',
    wait: {
      one: 'Bitte warten Sie {count} Minute, bevor Sie erneut anfragen.',
      other: 'Bitte warten Sie {count} Minuten, bevor Sie erneut anfragen.',
    },
    waitSeconds: {
      one: 'Bitte warten Sie {count} Sekunde, bevor Sie erneut anfragen.',
      other: 'Bitte warten Sie {count} Sekunden, bevor Sie erneut anfragen.',
    },
    enough: 'Dafür wird nichts mehr gesendet. Bitte beginnen Sie neu.',
    expired: 'Dieser Code gilt nicht mehr. Bitte fordern Sie einen anderen an.',
    changed: 'Dieses Konto wurde inzwischen geändert. Bitte versuchen Sie es noch einmal.',
    locked: {
      one: 'Zu viele Versuche. Bitte warten Sie {count} Minute und versuchen Sie es dann erneut.',
      other: 'Zu viele Versuche. Bitte warten Sie {count} Minuten und versuchen Sie es dann erneut.',
    },
  },
}
