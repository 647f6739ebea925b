/** Arabic words of the page that asks somebody to let a sign-in through. */
import type { SignInApprovalCatalogue } from './en_sign_in_approval.ts'

export const arSignInApproval: SignInApprovalCatalogue = {
  title: 'يحتاج تسجيل الدخول هذا إلى موافقة',
  ask: 'في تسجيل الدخول هذا شيء غير معتاد. يمكن لأحد المسؤولين في {brand} الموافقة عليه، وسيسألك إن كنت أنت.',
  send: 'طلب الموافقة',
  waitsTitle: 'بانتظار الموافقة',
  waits: 'طلبك في الطريق. ابقَ في هذا المتصفح: بعد الموافقة يستمر تسجيل الدخول هنا، أو سجّل الدخول هنا مرة أخرى.',
  look: 'التحقق مجددًا',
  reference: 'الطلب',
  declinedTitle: 'لم تتم الموافقة على تسجيل الدخول هذا',
  declined: 'لم يوافق أحد عليه. إن كنت أنت، فتحدث إلى مسؤول {brand}.',
  nobody: 'لا يوجد هنا من يمكنه الموافقة. سجّل الدخول من المكان المعتاد.',
  enough: 'لقد طلبت بما يكفي اليوم.',
}
