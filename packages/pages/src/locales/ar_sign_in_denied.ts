/** Arabic words of the page of a sign-in that was not let through. */
import type { SignInDeniedCatalogue } from './en_sign_in_denied.ts'

export const arSignInDenied: SignInDeniedCatalogue = {
  title: 'لم يُسمح بتسجيل الدخول هذا',
  body: 'فيه شيء غير معتاد، لذلك أوقفه {brand}. لم يُسجَّل دخول أحد، ولم يتغير شيء في الحساب.',
  can: 'ما الذي يمكنك فعله',
  elsewhere: 'سجّل الدخول من المكان المعتاد: من شبكة أخرى، أو بجهاز استخدمته هنا من قبل. ثم حاول مرة أخرى.',
  doubt: 'إن كنت تظن أن شخصًا آخر يعرف كلمة مرورك، فعيّن كلمة جديدة.',
  recover: 'تعيين كلمة مرور جديدة',
  contact: 'إن لم ينجح ذلك، فتحدث إلى القائمين على {brand}. فهم يرون ما لوحظ.',
  support: 'المساعدة والتواصل',
  again: 'المحاولة مرة أخرى',
}
