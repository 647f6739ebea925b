/** Why a certificate was not taken, in English. */
import type { CertificateCatalogue } from './certificate_catalogue_type.ts'

export const enCertificates: CertificateCatalogue = {
  none: 'Your browser showed none: there is none on this device, or you declined. Browsers remember that: to be asked again, close all windows of the browser and open it anew, or use a private window.',
  late: 'That took too long. Please try again.',
  unreadable:
    'What your browser showed cannot be read. Choose another certificate: for that, close all windows of the browser and open it anew.',
  too_large: 'It is too large to be used here. Ask those who issued it for a smaller one.',
  untrusted: 'Nobody who is trusted here vouches for it. To choose another certificate, close all windows of the browser and open it anew.',
  expired: 'It has expired. Ask those who issued it for a new one.',
  not_yet_valid: 'It is not valid yet. If it should be, look whether the clock of your device is right, or ask those who issued it.',
  wrong_use: 'It is not made for signing in. To choose another certificate, close all windows of the browser and open it anew.',
  weak: 'Its key, or the signature on it, is too weak. Ask those who issued it for a new one.',
  revoked: 'It was revoked. Ask those who issued it for a new one.',
  unchecked: 'Whether it was revoked cannot be found out at the moment. Try again in a few minutes, or use something else.',
  unknown:
    'It goes with no account here that you can use it for. To choose another certificate, close all windows of the browser and open it anew.',
}
