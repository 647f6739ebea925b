/** What keeps the account safe, in My Account, in Arabic. */
import type { Catalogue } from './catalogue_type.ts'

export const safety: Catalogue['safety'] = {
  address: {
    change: { email: 'تغيير البريد الإلكتروني', phone_number: 'تغيير رقم الهاتف' },
    add: { email: 'إضافة بريد إلكتروني', phone_number: 'إضافة رقم هاتف' },
    verify: 'تأكيد هذا الرقم',
    remove: 'إزالة رقم الهاتف',
    removeTitle: 'هل تريد إزالة رقم الهاتف؟',
    removeBody: 'لن نستطيع عندئذ مراسلتك برسائل نصية. أما العامل الثاني فيحتفظ برقمه الخاص.',
    removed: 'أُزيل رقم الهاتف.',
    proveFirst: 'قبل أن تغيّر عنوانًا يرجى تأكيد أنك أنت.',
    label: { email: 'البريد الإلكتروني الجديد', phone_number: 'رقم الهاتف الجديد' },
    hint: {
      email: 'نرسل إليه رمزًا، ويبقى العنوان الحالي ساريًا إلى أن تكتبه.',
      phone_number: 'مع رمز البلد. نرسل إليه رمزًا.',
    },
    send: 'إرسال رمز',
    waits: 'بانتظار الرمز: {address}',
    until: 'حتى {time}',
    type: 'كتابة الرمز',
    cancel: 'إلغاء التغيير',
    cancelled: 'أُلغي التغيير، ويبقى العنوان الحالي.',
    sent: { new: 'أرسلنا رمزًا إلى {address}.', old: 'أرسلنا رمزًا إلى عنوانك الحالي أيضًا: {address}.' },
    code: { new: 'الرمز المرسل إلى العنوان الجديد', old: 'الرمز المرسل إلى العنوان الحالي' },
    confirm: 'تأكيد',
    resend: 'إرسال رمز آخر',
    resent: 'رمز آخر في الطريق إليك.',
    next: 'صحيح. والآن رمز العنوان الآخر.',
    changed: { email: 'تم تغيير بريدك الإلكتروني.', phone_number: 'تم تغيير رقم هاتفك.' },
  },
}
