/** Plain words in Arabic for claims and scopes, by their wire names. */

export const claims = {
  sub: 'معرّفك',
  name: 'الاسم الكامل',
  given_name: 'الاسم الأول',
  family_name: 'اسم العائلة',
  middle_name: 'الاسم الأوسط',
  nickname: 'اللقب',
  preferred_username: 'اسم المستخدم',
  profile: 'صفحة الملف الشخصي',
  picture: 'الصورة',
  website: 'الموقع الإلكتروني',
  email: 'البريد الإلكتروني',
  email_verified: 'هل تم تأكيد البريد الإلكتروني',
  gender: 'الجنس',
  birthdate: 'تاريخ الميلاد',
  zoneinfo: 'المنطقة الزمنية',
  locale: 'اللغة',
  phone_number: 'رقم الهاتف',
  phone_number_verified: 'هل تم تأكيد رقم الهاتف',
  address: 'العنوان البريدي',
  updated_at: 'وقت آخر تعديل لملفك الشخصي',
  groups: 'المجموعات التي تنتمي إليها',
  roles: 'الأدوار المسندة إليك',
}

export const scopes = {
  openid: { name: 'التعرّف على هويتك', description: 'يتعرّف عليك التطبيق عند عودتك.' },
  profile: { name: 'الاطلاع على ملفك الشخصي', description: 'الاسم والصورة واللغة وما شابه.' },
  email: { name: 'الاطلاع على بريدك الإلكتروني', description: 'وهل تم تأكيده.' },
  phone: { name: 'الاطلاع على رقم هاتفك', description: 'وهل تم تأكيده.' },
  address: { name: 'الاطلاع على عنوانك البريدي', description: 'الشارع والمدينة والبلد.' },
  offline_access: { name: 'التصرف نيابةً عنك في غيابك', description: 'إلى أن تسحب ذلك من حسابك.' },
}
