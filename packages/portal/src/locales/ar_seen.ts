/** What was seen of a sign-in, in Arabic. */

export const seen = {
  proven: 'أُثبت عبر',
  kinds: { password: 'كلمة المرور', magic_link: 'رابط بالبريد الإلكتروني' },
  levels: { low: 'لا شيء غير معتاد', medium: 'غير معتاد', high: 'غير معتاد جدًا' },
  signals: {
    new_device: 'جهاز جديد',
    new_country: 'بلد جديد',
    impossible_travel: 'أبعد مما يمكن السفر إليه في ذلك الوقت',
    listed_address: 'عنوان سيئ السمعة',
    unusual_hour: 'وقت غير معتاد من اليوم',
    failed_tries: 'كلمات مرور خاطئة قبله',
    breached_password: 'كلمة مرور يعرفها الجميع',
    network_velocity: 'أجهزة جديدة كثيرة في الشبكة نفسها',
  },
}
