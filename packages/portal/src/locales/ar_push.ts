/** Approvals of sign-ins in My Account, in Arabic. */
import type { PatternOf } from '@gatehouse/core/phrase.ts'
import type { push as enPush } from './en_push.ts'

export const push: PatternOf<typeof enPush> = {
  title: 'تسجيل دخول ينتظرك',
  intro: 'أحدهم يسجل الدخول بكلمة مرورك. إن كنت أنت فاختر الرقم الذي يعرضه الجهاز الآخر.',
  proveFirst: 'أحدهم يسجل الدخول بكلمة مرورك. قبل أن توافق يرجى تأكيد أنك أنت بالعامل الثاني.',
  approve: 'الموافقة بالرقم {number}',
  deny: 'لم أكن أنا',
  application: 'التطبيق',
  device: 'الجهاز',
  where: 'المكان',
  when: 'الوقت',
  secure: 'تأمين الحساب',
  enrol: 'الموافقة على تسجيلات الدخول هنا',
  hint: 'يعرض تسجيل الدخول على جهاز آخر رقمًا، وتختاره في حسابي على جهاز سجّلت الدخول عليه.',
  outcomes: {
    approved: { title: 'تمت الموافقة', text: 'يتابع الجهاز الآخر.' },
    denied: { title: 'رُفض', text: 'لم يدخل أحد. من حاول يعرف كلمة مرورك: غيّرها وانظر أين سجّلت الدخول.' },
    wrong_number: { title: 'رُفض', text: 'لم يكن هذا هو الرقم، فلم يدخل أحد. إن كنت أنت فاسأل مرة أخرى على الجهاز الآخر.' },
  },
}
