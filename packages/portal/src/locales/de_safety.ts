/** What keeps the account safe, in My Account, in German. */
import type { Catalogue } from './catalogue_type.ts'

export const safety: Catalogue['safety'] = {
  address: {
    change: { email: 'E-Mail-Adresse ändern', phone_number: 'Telefonnummer ändern' },
    add: { email: 'E-Mail-Adresse hinzufügen', phone_number: 'Telefonnummer hinzufügen' },
    verify: 'Diese Nummer bestätigen',
    remove: 'Telefonnummer entfernen',
    removeTitle: 'Telefonnummer entfernen?',
    removeBody: 'Per SMS erreichen wir Sie dann nicht mehr. Ein zweiter Faktor von Ihnen behält seine eigene Nummer.',
    removed: 'Die Telefonnummer ist entfernt.',
    proveFirst: 'Bevor Sie eine Adresse ändern, bestätigen Sie bitte, dass Sie es sind.',
    label: { email: 'Neue E-Mail-Adresse', phone_number: 'Neue Telefonnummer' },
    hint: {
      email: 'Wir schicken einen Code dorthin. Bis Sie ihn eingegeben haben, bleibt die jetzige Adresse.',
      phone_number: 'Mit der Ländervorwahl. Wir schicken einen Code dorthin.',
    },
    send: 'Code schicken',
    waits: 'Wartet auf den Code: {address}',
    until: 'bis {time}',
    type: 'Code eingeben',
    cancel: 'Änderung abbrechen',
    cancelled: 'Die Änderung ist abgebrochen. Die jetzige Adresse bleibt.',
    sent: {
      new: 'Wir haben einen Code an {address} geschickt.',
      old: 'Wir haben auch an Ihre jetzige Adresse einen Code geschickt: {address}.',
    },
    code: { new: 'Code von der neuen Adresse', old: 'Code von der jetzigen Adresse' },
    confirm: 'Bestätigen',
    resend: 'Noch einen Code schicken',
    resent: 'Ein weiterer Code ist unterwegs.',
    next: 'Richtig. Jetzt der Code der anderen Adresse.',
    changed: { email: 'Ihre E-Mail-Adresse ist geändert.', phone_number: 'Ihre Telefonnummer ist geändert.' },
  },
  browsers: {
    title: 'Gemerkte Browser',
    intro: 'Dort werden Sie nicht nach Ihrem zweiten Faktor gefragt.',
    until: 'Gemerkt bis',
    used: 'Zuletzt benutzt',
    forget: 'Vergessen',
    label: '{browser} vergessen, gemerkt {time}',
    gone: 'Der Browser ist vergessen.',
    all: 'Alle vergessen',
    allTitle: 'Alle Browser vergessen?',
    allBody: 'Sie werden überall nach Ihrem zweiten Faktor gefragt, auch hier.',
    allGone: 'Alle Browser sind vergessen.',
  },
  passwordKept:
    'Sie haben dieses Passwort erst vor Kurzem gewählt. Ab {date} können Sie es wieder ändern. Falls es jemand anderes kennen könnte, {recover}.',
  passwordRecover: 'stellen Sie es wieder her',
  passwordExpires: 'Ihr Passwort ist ab {date} zu alt. Bitte wählen Sie vorher ein neues.',
}
