/** Certificates in My Account, in German. */
import type { PatternOf } from '@gatehouse/core/phrase.ts'
import type { certificates as enCertificates } from './en_certificates.ts'

export const certificates: PatternOf<typeof enCertificates> = {
  title: 'Zertifikate',
  intro: 'Melden Sie sich mit einem Zertifikat auf diesem Gerät oder einer Chipkarte an.',
  none: 'Sie haben noch keines hinzugefügt.',
  add: 'Zertifikat hinzufügen',
  addHint:
    'Ihr Browser fragt, welches Zertifikat er zeigen soll. Fragt er nicht, dann schließen Sie alle seine Fenster und öffnen ihn neu: Er merkt sich, was zuvor gewählt wurde.',
  addTitle: 'Dieses Zertifikat hinzufügen?',
  addBody: 'Von da an meldet es Sie an. Wer es und seinen Schlüssel hat, wird für Sie gehalten.',
  go: 'Hinzufügen',
  added: 'Das Zertifikat ist hinzugefügt.',
  subject: 'Ausgestellt für',
  issuer: 'Ausgestellt von',
  validUntil: 'Gültig bis',
  thumbprint: 'Fingerabdruck (SHA-256)',
  selfSigned: 'Niemand steht dafür ein als es selbst.',
  expiresSoon: 'Es läuft am {date} ab. Fügen Sie rechtzeitig seinen Nachfolger hinzu.',
  expired: 'Es ist am {date} abgelaufen und meldet Sie nicht mehr an.',
  removeBody: 'Es meldet Sie dann nicht mehr an. Auf Ihrem Gerät oder Ihrer Karte bleibt es.',
  removed: 'Das Zertifikat ist entfernt.',
}
