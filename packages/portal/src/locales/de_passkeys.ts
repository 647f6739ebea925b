/** Passkeys in My Account, in German. */
import type { PatternOf } from '@gatehouse/core/phrase.ts'
import type { passkeys as enPasskeys } from './en_passkeys.ts'

export const passkeys: PatternOf<typeof enPasskeys> = {
  title: 'Passkeys',
  intro:
    'Melden Sie sich mit Fingerabdruck, Gesicht oder der Sperre Ihres Geräts an, statt mit einem Passwort. Einen Passkey kann niemand erraten, und auf einer gefälschten Seite gibt man ihn nicht preis.',
  none: 'Sie haben noch keinen.',
  add: 'Passkey hinzufügen',
  unsupported: 'Dieser Browser kann keine Passkeys anlegen. Öffnen Sie diese Seite in einem anderen Browser oder auf Ihrem Telefon.',
  addTitle: 'Passkey hinzufügen',
  addBody:
    'Ihr Gerät fragt nach Fingerabdruck, Gesicht oder seiner Sperre und bewahrt den Passkey auf. Möchten Sie ihn lieber auf dem Telefon oder einem Sicherheitsschlüssel aufbewahren, dann wählen Sie das, wenn Ihr Browser fragt.',
  addConsequence:
    'Von da an genügt Ihr Passwort allein nicht mehr: Sie verwenden den Passkey, oder Passwort und Passkey. Machen Sie Wiederherstellungscodes für den Tag, an dem der Passkey nicht zur Hand ist.',
  go: 'Weiter',
  added: 'Der Passkey ist hinzugefügt.',
  cancelled: 'Es wurde nichts bestätigt. Versuchen Sie es noch einmal, oder schließen Sie dieses Fenster.',
  known: 'Auf diesem Gerät gibt es schon einen Passkey für Ihr Konto.',
  unable:
    'Dieses Gerät kann keinen Passkey anlegen: Richten Sie erst eine Bildschirmsperre, einen Fingerabdruck oder ein Gesicht ein, oder verwenden Sie ein anderes Gerät.',
  synced: 'Auf allen Ihren Geräten, die ihn teilen',
  bound: 'Nur auf einem Gerät',
  copySuspected:
    'Am {date} kam jemand mit etwas, das eine Kopie dieses Passkeys sein kann, und wurde nicht eingelassen. Entfernen Sie ihn, und legen Sie einen neuen an.',
  removeBody: 'Sie können sich damit nicht mehr anmelden. Entfernen Sie ihn auch von Ihrem Gerät oder aus Ihrem Passwortmanager.',
  removed: 'Der Passkey ist entfernt.',
  offer: {
    title: 'Beim nächsten Mal schneller anmelden',
    body: 'Mit einem Passkey ersetzen Fingerabdruck, Gesicht oder die Sperre Ihres Geräts das Passwort.',
    go: 'Passkeys ansehen',
    decline: 'Nein, danke',
  },
}
