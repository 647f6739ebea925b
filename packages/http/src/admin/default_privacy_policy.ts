/** The privacy policy that a tenant begins with: true of the house as it is, and meant to be replaced by the tenant's own. */
export const DEFAULT_PRIVACY_POLICY = {
  version: '1',
  title: 'Privacy policy',
  text: `We keep what you enter when you register (your user name, name, e-mail address, phone number if you give one, and your password as a one-way hash) to sign you in to the applications that you use with this account.

An application receives only the attributes that you allow on the consent page. You can see what you allowed, and withdraw it, in My Account under Applications.

If your registration has to be approved, the people who decide see what you entered. Who decided, and when, is kept as evidence. If the registration is refused, what you entered is erased.

We record when and from where your account was used, so that you and we can notice misuse. My Account shows your sessions and lets you end them.

You can view and change your data in My Account at any time, and ask the operator of this service to erase your account.`,
} as const
