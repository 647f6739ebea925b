/** Messages about the safety of an account, in German. */
import type { Catalogue } from './catalogue_type.ts'

export const deSafety: Catalogue['safety'] = {
  notMe: 'Das war ich nicht',
  validDays: { one: 'Der Link gilt {count} Tag.', other: 'Der Link gilt {count} Tage.' },
  idleAccount: {
    subject: {
      warned: 'Ihr Konto bei {brand} wird gesperrt',
      suspended: 'Ihr Konto bei {brand} ist gesperrt',
      suspended_ask: 'Ihr Konto bei {brand} ist gesperrt',
    },
    title: { warned: 'Ihr Konto wird gesperrt', suspended: 'Ihr Konto ist gesperrt', suspended_ask: 'Ihr Konto ist gesperrt' },
    warned:
      'Sie haben Ihr Konto bei {brand} lange nicht benutzt. Damit es niemand anderes tut, wird es gesperrt. Melden Sie sich vorher einmal an, und es bleibt.',
    suspended:
      'Ihr Konto bei {brand} wurde lange nicht benutzt und ist daher gesperrt. Nichts davon ist verloren: Legen Sie ein neues Passwort fest, und es ist wieder offen.',
    suspended_ask:
      'Ihr Konto bei {brand} wurde lange nicht benutzt und ist daher gesperrt. Nichts davon ist verloren: Bitten Sie die, die {brand} betreiben, es wieder zu öffnen.',
    when: 'Gesperrt am',
    action: { warned: 'Anmelden', suspended: 'Neues Passwort festlegen', suspended_ask: 'Zur Anmeldeseite' },
  },
  push: { title: 'Eine Anmeldung wartet auf Sie', body: 'Öffnen Sie „Mein Konto“ bei {brand}, um zu sehen, wer fragt.' },
  passwordExpires: {
    subject: 'Ihr Passwort bei {brand} ist bald zu alt',
    title: 'Ihr Passwort ist bald zu alt',
    body: 'Passwörter bei {brand} werden von Zeit zu Zeit gewechselt. Wählen Sie vor dem genannten Tag ein neues; danach werden Sie beim Anmelden danach gefragt.',
    when: 'Zu alt ab',
    action: 'Passwort ändern',
  },
  newBrowser: {
    subject: 'Eine neue Anmeldung bei Ihrem Konto bei {brand}',
    title: 'Eine neue Anmeldung',
    body: 'Jemand hat sich bei Ihrem Konto bei {brand} mit einem Browser angemeldet, den wir bei Ihnen nicht kennen.',
    browser: 'Browser',
    place: 'Ort',
    unknown: 'unbekannt',
    not: 'Wenn Sie es waren, ist alles in Ordnung. Wenn nicht, drücken Sie den Knopf: Das beendet die Sitzung, macht Ihr Passwort wertlos und führt Sie zu einem neuen.',
  },
  riskySignIn: {
    subject: 'Eine ungewöhnliche Anmeldung bei Ihrem Konto bei {brand}',
    title: 'Eine ungewöhnliche Anmeldung',
    body: 'Jemand hat sich bei {brand} als Sie ausgewiesen, mit Ihrem Passwort oder womit Sie sonst beginnen, auf eine Weise, die bei Ihnen ungewöhnlich ist.',
    outcomes: {
      let_through: 'Diese Person ist angemeldet.',
      asked_for_more: 'Bevor etwas offen war, wurde mehr verlangt.',
      waits_for_approval: 'Offen ist nichts: Erst muss jemand aus der Verwaltung zustimmen.',
      denied: 'Offen ist nichts: Die Anmeldung wurde angehalten.',
    },
    seen: 'Aufgefallen',
    signals: {
      new_device: 'ein Gerät, das wir bei Ihnen nicht kennen',
      new_country: 'ein Land, aus dem Sie sich noch nicht angemeldet haben',
      impossible_travel: 'weiter weg von Ihrer letzten Anmeldung, als man in der Zeit reisen kann',
      listed_address: 'eine Adresse mit schlechtem Ruf',
      unusual_hour: 'eine Tageszeit, die bei Ihnen ungewöhnlich ist',
      failed_tries: 'vorher falsche Passwörter',
      breached_password: 'ein allgemein bekanntes Passwort',
      network_velocity: 'viele neue Geräte im selben Netz',
    },
    not: 'Wenn Sie es waren, ist alles in Ordnung. Wenn nicht, hat jemand, was Ihr Konto öffnet: Drücken Sie den Knopf. Das beendet alle Sitzungen, macht das Passwort wertlos und führt Sie zu einem neuen.',
  },
  addressChange: {
    subject: {
      email: 'Die E-Mail-Adresse Ihres Kontos bei {brand}',
      phone_number: 'Die Telefonnummer Ihres Kontos bei {brand}',
    },
    title: { email: 'Ihre E-Mail-Adresse', phone_number: 'Ihre Telefonnummer' },
    newAddress: 'Neue Adresse',
    asked: {
      email:
        'Jemand, der bei Ihrem Konto angemeldet ist, möchte diese E-Mail-Adresse durch eine andere ersetzen. Bis die neue bestätigt ist, bleibt diese.',
      phone_number:
        'Jemand, der bei Ihrem Konto angemeldet ist, möchte eine andere Telefonnummer eintragen. Bis die neue bestätigt ist, ändert sich nichts.',
    },
    changed: {
      email: 'Die E-Mail-Adresse Ihres Kontos wurde geändert. Ab jetzt schreiben wir an die neue.',
      phone_number: 'Die Telefonnummer Ihres Kontos wurde geändert.',
    },
    removed: {
      email: 'Die E-Mail-Adresse Ihres Kontos wurde entfernt.',
      phone_number: 'Die Telefonnummer Ihres Kontos wurde entfernt.',
    },
    not: 'Wenn Sie es waren, ist alles in Ordnung. Wenn nicht, kann jemand anderes Ihr Konto benutzen: Handeln Sie sofort.',
    tell: 'Ändern Sie Ihr Passwort, sehen Sie Ihre Sitzungen durch und sagen Sie es denen, die {brand} betreiben.',
    open: 'Mein Konto öffnen',
    text: {
      asked:
        '{brand}: Jemand möchte für Ihr Konto eine andere Telefonnummer eintragen. Wenn Sie es nicht waren, ändern Sie sofort Ihr Passwort: {url}',
      changed: '{brand}: Die Telefonnummer Ihres Kontos wurde geändert. Wenn Sie es nicht waren, ändern Sie sofort Ihr Passwort: {url}',
      removed:
        '{brand}: Diese Telefonnummer wurde aus Ihrem Konto entfernt. Wenn Sie es nicht waren, ändern Sie sofort Ihr Passwort: {url}',
    },
  },
}
