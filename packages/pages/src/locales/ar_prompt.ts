/** Arabic words of what adaptive scripts show. */
import type { PromptCatalogue } from './en_prompt.ts'

export const arPrompt: PromptCatalogue = {
  title: 'سؤال أخير',
  go: 'متابعة',
  waitTitle: 'لحظة من فضلك',
  wait: 'نتحقق من أمر ما. ستتابع هذه الصفحة تلقائيًا.',
  errorTitle: 'لا يمكنك تسجيل الدخول هنا',
  error: 'لا يسمح لك هذا التطبيق بتسجيل الدخول. إذا كنت ترى أن هذا خطأ، فاسأل القائمين عليه.',
  sessionsTitle: 'لديك جلسات أخرى',
  sessions: 'لديك أقصى عدد مسموح من الجلسات. أنهِ إحداها للمتابعة هنا.',
}
