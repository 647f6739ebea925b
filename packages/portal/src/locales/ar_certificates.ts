/** Certificates in My Account, in Arabic. */
import type { PatternOf } from '@gatehouse/core/phrase.ts'
import type { certificates as enCertificates } from './en_certificates.ts'

export const certificates: PatternOf<typeof enCertificates> = {
  title: 'الشهادات الرقمية',
  intro: 'سجّل دخولك بشهادة على هذا الجهاز أو على بطاقة ذكية.',
  none: 'لم تُضِف أي شهادة بعد.',
  add: 'إضافة شهادة',
  addHint: 'يسألك متصفحك أي شهادة يعرضها. إن لم يسأل فأغلق جميع نوافذه وافتحه من جديد: فهو يتذكر ما اختير من قبل.',
  addTitle: 'هل تريد إضافة هذه الشهادة؟',
  addBody: 'منذ ذلك الحين تسجّل بها دخولك. ومن يملكها ويملك مفتاحها يُعدّ أنت.',
  go: 'إضافة',
  added: 'أُضيفت الشهادة.',
  subject: 'صادرة إلى',
  issuer: 'صادرة عن',
  validUntil: 'صالحة حتى',
  thumbprint: 'بصمة الشهادة (SHA-256)',
  selfSigned: 'لا يضمنها أحد سواها.',
  expiresSoon: 'تنتهي صلاحيتها في {date}. أضف الشهادة التي تخلفها في الوقت المناسب.',
  expired: 'انتهت صلاحيتها في {date}، ولا تسجّل دخولك بعد الآن.',
  removeBody: 'لن تسجّل دخولك بعد ذلك. وتبقى على جهازك أو بطاقتك.',
  removed: 'أُزيلت الشهادة.',
}
