/** `asl-validator` says its types in a file that its package does not name. */
declare module 'asl-validator' {
  export default function validate(definition: unknown): { readonly isValid: boolean; readonly errors: readonly unknown[] }
}
