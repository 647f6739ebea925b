/** Why a certificate was not taken, in German. */
import type { CertificateCatalogue } from './certificate_catalogue_type.ts'

export const deCertificates: CertificateCatalogue = {
  none: 'Ihr Browser hat keines gezeigt: Auf diesem Gerät ist keines, oder Sie haben abgelehnt. Browser merken sich das: Um wieder gefragt zu werden, schließen Sie alle Fenster des Browsers und öffnen Sie ihn neu, oder verwenden Sie ein privates Fenster.',
  late: 'Das hat zu lange gedauert. Bitte versuchen Sie es noch einmal.',
  unreadable:
    'Was Ihr Browser gezeigt hat, lässt sich nicht lesen. Wählen Sie ein anderes Zertifikat: Schließen Sie dafür alle Fenster des Browsers und öffnen Sie ihn neu.',
  too_large: 'Es ist zu groß, um hier verwendet zu werden. Bitten Sie die ausstellende Stelle um ein kleineres.',
  untrusted:
    'Niemand, dem hier vertraut wird, steht dafür ein. Um ein anderes Zertifikat zu wählen, schließen Sie alle Fenster des Browsers und öffnen Sie ihn neu.',
  expired: 'Es ist abgelaufen. Bitten Sie die ausstellende Stelle um ein neues.',
  not_yet_valid:
    'Es gilt noch nicht. Falls es schon gelten sollte, prüfen Sie die Uhr Ihres Geräts, oder fragen Sie die ausstellende Stelle.',
  wrong_use:
    'Es ist nicht zum Anmelden gemacht. Um ein anderes Zertifikat zu wählen, schließen Sie alle Fenster des Browsers und öffnen Sie ihn neu.',
  weak: 'Sein Schlüssel oder die Unterschrift darauf ist zu schwach. Bitten Sie die ausstellende Stelle um ein neues.',
  revoked: 'Es wurde widerrufen. Bitten Sie die ausstellende Stelle um ein neues.',
  unchecked:
    'Ob es widerrufen wurde, lässt sich im Moment nicht feststellen. Versuchen Sie es in ein paar Minuten noch einmal, oder verwenden Sie etwas anderes.',
  unknown:
    'Es gehört zu keinem Konto, für das Sie es hier verwenden können. Um ein anderes Zertifikat zu wählen, schließen Sie alle Fenster des Browsers und öffnen Sie ihn neu.',
}
