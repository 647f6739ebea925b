/** The messages in German. */

import type { Catalogue } from './catalogue_type.ts'
import { deSafety } from './de_safety.ts'

export const de: Catalogue = {
  greeting: 'Guten Tag {name},',
  greetingNobody: 'Guten Tag,',
  footer: 'Diese Mail kommt von {brand}, weil sie ein Konto oder eine Registrierung dort betrifft.',
  support: 'Fragen? {url}',
  linkHint: 'Wenn der Knopf nicht geht, kopieren Sie diese Adresse in Ihren Browser:',
  facts: {
    application: 'Anwendung',
    network: 'Netzwerkadresse',
    place: 'Ort',
    username: 'Benutzername',
    applicant: 'Antrag von',
    workflow: 'Ablauf',
    step: 'Schritt',
    asked: 'Gestellt am',
    role: 'Rolle',
    time: 'Zeit',
    email: 'E-Mail-Adresse',
  },
  step: '{level} von {count}: {name}',
  validHours: { one: 'Der Link gilt {count} Stunde.', other: 'Der Link gilt {count} Stunden.' },
  approvalTask: {
    reminderSubject: 'Erinnerung: {applicant} wartet auf Ihre Entscheidung',
    action: 'Antrag öffnen',
    quiet: 'Der Link öffnet nur den Antrag: Entschieden ist erst etwas, wenn Sie sich anmelden und wählen.',
    asks: {
      self_registration: {
        subject: '{applicant} bittet um ein Konto: bitte entscheiden Sie',
        title: 'Eine Registrierung wartet auf Ihre Entscheidung',
        body: '{applicant} bittet um ein Konto bei {brand}. In diesem Schritt entscheiden Sie mit darüber.',
        text: '{brand}: {applicant} bittet um ein Konto und wartet auf Ihre Entscheidung. {url}',
      },
      risky_sign_in: {
        subject: '{applicant} meldet sich ungewöhnlich an: bitte entscheiden Sie',
        title: 'Eine ungewöhnliche Anmeldung wartet auf Ihre Entscheidung',
        body: '{applicant} möchte sich bei {brand} anmelden, und etwas daran ist ungewöhnlich. Fragen Sie auf anderem Weg nach, ob es wirklich diese Person ist, bevor Sie zustimmen.',
        text: '{brand}: {applicant} meldet sich ungewöhnlich an und wartet auf Ihre Entscheidung. {url}',
      },
    },
  },
  registrationReceived: {
    subject: 'Ihre Registrierung bei {brand} wartet auf Freigabe',
    title: 'Ihre Registrierung wartet auf Freigabe',
    body: 'Ihre Registrierung ist eingegangen. Jemand sieht sie an; sobald entschieden ist, erhalten Sie eine Mail. Bis dahin können Sie sich nicht anmelden.',
    confirm: 'Bitte bestätigen Sie inzwischen, dass diese Adresse Ihnen gehört:',
    action: 'Adresse bestätigen',
    quiet: 'Wenn Sie sich nicht registriert haben, beachten Sie diese Mail nicht: Die Adresse bleibt dann unbestätigt.',
  },
  registrationCompleted: {
    subject: 'Ihr Konto bei {brand} ist bereit',
    title: 'Ihr Konto ist bereit',
    approved: 'Ihre Registrierung wurde freigegeben. Sie können sich jetzt mit Ihrem Benutzernamen und dem gewählten Passwort anmelden.',
    opened: 'Ihr Konto ist angelegt. Sie können sich jetzt mit Ihrem Benutzernamen und dem gewählten Passwort anmelden.',
    action: 'Anmelden',
  },
  registrationRejected: {
    subject: 'Zu Ihrer Registrierung bei {brand}',
    title: 'Ihre Registrierung wurde nicht freigegeben',
    rejected: 'Ihre Registrierung wurde angesehen und nicht freigegeben. Es gibt kein Konto, und der Benutzername ist wieder frei.',
    expired:
      'Über Ihre Registrierung wurde nicht rechtzeitig entschieden, daher ist sie beendet. Es gibt kein Konto; Sie können sich noch einmal registrieren.',
    aborted: 'Ihre Registrierung wurde zurückgezogen, bevor entschieden war. Es gibt kein Konto; Sie können sich noch einmal registrieren.',
    failed:
      'Ihre Registrierung wurde freigegeben, aber das Konto ließ sich nicht anlegen. Bitte registrieren Sie sich noch einmal, vielleicht mit einem anderen Benutzernamen.',
    reason: 'Als Grund wurde genannt:',
    action: 'Noch einmal registrieren',
  },
  emailVerification: {
    subject: 'Bitte bestätigen Sie Ihre E-Mail-Adresse für {brand}',
    title: 'E-Mail-Adresse bestätigen',
    body: 'Diese Adresse wurde bei {brand} angegeben. Bitte bestätigen Sie, dass sie Ihnen gehört:',
    action: 'Adresse bestätigen',
    quiet: 'Wenn Sie es nicht waren, beachten Sie diese Mail nicht: Die Adresse bleibt dann unbestätigt.',
  },
  emailAlreadyKnown: {
    subject: 'Sie haben schon ein Konto bei {brand}',
    title: 'Sie haben schon ein Konto',
    body: 'Jemand, vielleicht Sie selbst, hat diese Adresse benutzt, um sich bei {brand} zu registrieren. Ein Konto damit gibt es schon, ein zweites brauchen Sie nicht: Melden Sie sich mit dem vorhandenen an.',
    action: 'Anmelden',
    quiet:
      'Wenn Sie es nicht waren, brauchen Sie nichts zu tun. Ihr Konto wurde nicht verändert, und niemandem wurde gesagt, dass es besteht.',
  },
  magicLink: {
    subject: 'Ihr Link zum Anmelden bei {brand}',
    title: 'Anmelden',
    body: 'Jemand, hoffentlich Sie, hat Ihren Benutzernamen angegeben und diesen Link angefordert. In dem Browser geöffnet, der ihn angefordert hat, meldet er Sie dort an; in einem anderen zeigt er einen Code, den Sie im ersten eingeben.',
    action: 'Anmelden',
    valid: { one: 'Er gilt {count} Minute lang, einmal.', other: 'Er gilt {count} Minuten lang, einmal.' },
    quiet:
      'Waren Sie es nicht, öffnen Sie ihn nicht und geben Sie ihn nicht weiter: Wer {brand} betreibt, fragt nie danach. Ohne ihn kommt niemand hinein.',
  },
  oneTimePassword: {
    subject: 'Ihr Code für {brand}',
    title: 'Ihr Code',
    sign_in:
      'Jemand, hoffentlich Sie, hat Ihr Passwort eingegeben und braucht diesen Code, um fortzufahren. Geben Sie ihn auf der Seite ein, die danach fragt:',
    address_change:
      'Jemand, hoffentlich Sie, möchte diese Adresse durch eine andere ersetzen. Nur dann geben Sie diesen Code auf der Seite ein, auf der Sie damit begonnen haben:',
    first_step:
      'Jemand, hoffentlich Sie, hat Ihren Benutzernamen angegeben und braucht diesen Code, um sich anzumelden. Geben Sie ihn auf der Seite ein, die danach fragt:',
    recovery:
      'Jemand, hoffentlich Sie, hat das Passwort Ihres Kontos vergessen. Geben Sie diesen Code auf der Seite ein, die danach fragt, um ein neues zu wählen:',
    enrolment: 'Geben Sie diesen Code auf der Seite ein, auf der Sie diese Adresse zu Ihrem Konto hinzufügen:',
    valid: { one: 'Er gilt {count} Minute, einmal.', other: 'Er gilt {count} Minuten, einmal.' },
    quiet:
      'Sagen Sie ihn niemandem: Wer {brand} betreibt, fragt nie danach. Wenn Sie es nicht waren, ändern Sie Ihr Passwort; ohne den Code kommt niemand hinein.',
    quietFirst:
      'Sagen Sie ihn niemandem: Wer {brand} betreibt, fragt nie danach. Waren Sie es nicht, müssen Sie nichts tun; ohne den Code kommt niemand hinein.',
    text: {
      one: '{code} ist Ihr Code für {application}. Er gilt {count} Minute. Sagen Sie ihn niemandem.',
      other: '{code} ist Ihr Code für {application}. Er gilt {count} Minuten. Sagen Sie ihn niemandem.',
    },
  },
  factorChanged: {
    subject: 'Ihre Anmeldung bei {brand} hat sich geändert',
    title: 'Ihre Anmeldung hat sich geändert',
    enrolled: 'Zu Ihrem Konto wurde ein zweiter Faktor hinzugefügt: {factor}.',
    removed: 'Von Ihrem Konto wurde ein zweiter Faktor entfernt: {factor}.',
    recovery_codes_made: 'Für Ihr Konto wurden neue Wiederherstellungscodes erstellt. Die bisherigen gelten nicht mehr.',
    sign_in_denied:
      'Eine Anmeldung bei Ihrem Konto wurde in Mein Konto abgelehnt. Wer sie begonnen hat, kennt Ihr Passwort: Wenn Sie es nicht waren, wählen Sie ein anderes.',
    recovery_code_used: 'Mit einem Wiederherstellungscode hat sich jemand bei Ihrem Konto angemeldet. Er gilt nicht mehr.',
    passkeyEnrolled: 'Zu Ihrem Konto wurde ein Passkey hinzugefügt. Damit meldet man sich ohne Passwort an.',
    passkeyRemoved: 'Von Ihrem Konto wurde ein Passkey entfernt.',
    certificateEnrolled: 'Zu Ihrem Konto wurde ein Zertifikat hinzugefügt. Damit kann man sich womöglich ohne Passwort anmelden.',
    certificateRemoved: 'Von Ihrem Konto wurde ein Zertifikat entfernt.',
    copySubject: 'Ein Passkey bei {brand} ist vielleicht kopiert worden',
    copyTitle: 'Ein Passkey ist vielleicht kopiert worden',
    copy_suspected:
      'Jemand hat versucht, sich mit etwas anzumelden, das eine Kopie eines Ihrer Passkeys sein kann, und wurde nicht eingelassen. Entfernen Sie diesen Passkey aus Ihrem Konto, und legen Sie einen neuen an.',
    factors: {
      passkey: 'Passkey',
      totp: 'Authenticator-App',
      email_otp: 'Code per E-Mail',
      sms_otp: 'Code per SMS',
      recovery_code: 'Wiederherstellungscodes',
      push: 'Freigabe in Mein Konto',
      x509: 'Zertifikat',
    },
    not: 'Wenn Sie davon nichts wissen, ändern Sie sofort Ihr Passwort, sehen Sie Ihre Sitzungen durch und sagen Sie es denen, die {brand} betreiben.',
    action: 'Mein Konto öffnen',
  },
  passwordChanged: {
    subject: 'Ihr Passwort bei {brand} wurde geändert',
    title: 'Ihr Passwort wurde geändert',
    own: 'Das Passwort Ihres Kontos wurde geändert. Wenn Sie es waren, ist alles in Ordnung.',
    administrator: 'Die Verwaltung hat das Passwort Ihres Kontos geändert.',
    recovery:
      'Das Passwort Ihres Kontos wurde durch einen Link oder Code, der Ihnen gesendet wurde, neu gesetzt. Waren Sie es, ist alles gut.',
    invitation: 'Das Passwort Ihres Kontos wurde zum ersten Mal gesetzt. Sie können sich jetzt damit anmelden.',
    notMe: 'Waren Sie es nicht, holen Sie Ihr Konto zurück: Mit diesem Link setzen Sie ein anderes Passwort, und alle werden abgemeldet.',
    notMeAction: 'Das war ich nicht',
    not: 'Wenn Sie davon nichts wissen, sehen Sie sofort Ihre Sitzungen durch und sagen Sie es denen, die {brand} betreiben.',
    action: 'Mein Konto öffnen',
  },
  passwordRecovery: {
    subject: 'Ein neues Passwort für {brand}',
    title: 'Wählen Sie ein neues Passwort',
    recovery: 'Jemand, hoffentlich Sie, hat das Passwort dieses Kontos bei {brand} vergessen. Mit diesem Link wählen Sie ein neues:',
    no_password:
      'Jemand, hoffentlich Sie, hat um ein neues Passwort gebeten. Dieses Konto hat bisher keines: Sie melden sich auf andere Weise an, und das geht weiterhin. Möchten Sie auch ein Passwort, wählen Sie es mit diesem Link:',
    forced: 'Die Verwaltung von {brand} bittet Sie, ein neues Passwort zu wählen. Das bisherige gilt nicht mehr.',
    action: 'Passwort wählen',
    until: 'Der Link gilt einmal, bis {time}.',
    quiet: 'Waren Sie es nicht, müssen Sie nichts tun: Ohne den Link bleibt das Passwort, wie es ist.',
    text: '{brand}: Wählen Sie hier ein neues Passwort für {username}: {url}',
  },
  userNameRecovery: {
    subject: 'Ihr Benutzername bei {brand}',
    title: 'Ihr Benutzername',
    body: 'Jemand, hoffentlich Sie, hat den Benutzernamen vergessen, der bei {brand} zu dieser Adresse gehört. Hier ist er:',
    action: 'Anmelden',
    quiet: 'Waren Sie es nicht, müssen Sie nichts tun. Sonst hat es niemand erfahren.',
    text: '{brand}: Ihr Benutzername ist {names}. Anmelden: {url}',
  },
  recoveryRefused: {
    subject: 'Zu Ihrem Passwort bei {brand}',
    title: 'Ihr Passwort kann so nicht ersetzt werden',
    suspended:
      'Jemand, hoffentlich Sie, hat um ein neues Passwort gebeten. Ihr Konto ist zurzeit abgeschaltet; bitte wenden Sie sich an die Verwaltung von {brand}.',
    second_factor:
      'Jemand, hoffentlich Sie, hat um ein neues Passwort gebeten. Die Codes Ihres zweiten Faktors gehen dorthin, wohin auch diese Nachricht ging; wer das hat, hätte beides. Bitte wenden Sie sich an die Verwaltung von {brand}.',
    action: 'Zur Anmeldung',
  },
  passwordChangeRequired: {
    subject: 'Bitte wählen Sie ein neues Passwort für {brand}',
    title: 'Bitte wählen Sie ein neues Passwort',
    body: 'Die Verwaltung von {brand} bittet Sie, ein neues Passwort zu wählen. Sie werden bei der nächsten Anmeldung danach gefragt, nach dem bisherigen.',
    action: 'Anmelden',
  },
  userInvitation: {
    subject: 'Ihr Konto bei {brand}',
    title: '{brand} lädt Sie ein',
    body: 'Bei {brand} wurde ein Konto für Sie angelegt. Wählen Sie ein Passwort, um es zu öffnen; damit bestätigen Sie auch, dass diese Adresse Ihre ist.',
    action: 'Passwort wählen',
    until: 'Der Link gilt einmal, bis {time}.',
    quiet: 'Kennen Sie {brand} nicht, beachten Sie diese E-Mail nicht: Ohne Passwort kann niemand das Konto benutzen.',
  },
  accountLocked: {
    subject: 'Viele Anmeldeversuche bei Ihrem Konto bei {brand}',
    title: 'Jemand hat viele Passwörter versucht',
    body: 'Jemand hat für Ihr Konto bei {brand} zu viele falsche Passwörter eingegeben. Wer weitermacht, muss jedes Mal länger warten. Niemand ist hineingekommen.',
    way: 'Möchten Sie sich jetzt anmelden, von einem Browser, den Sie hier noch nicht benutzt haben, öffnen Sie darin diesen Link:',
    action: 'Von diesem Browser anmelden',
    not: 'Waren Sie es nicht, müssen Sie nichts tun. Browser, in denen Sie schon angemeldet waren, sind nicht betroffen.',
  },
  approvalUnassigned: {
    subject: 'Über eine Registrierung bei {brand} kann niemand entscheiden',
    title: 'Eine Registrierung wartet, und niemand kann entscheiden',
    body: 'Für diesen Schritt ist keine aktive Person zuständig. Der Antrag bleibt erhalten; es geht weiter, sobald jemand die Rolle hat.',
    action: 'Verwaltung öffnen',
  },
  safety: deSafety,
}
