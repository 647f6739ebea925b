/** What `build.mjs` gives to those who are written in TypeScript. */

/** Resolves to the folder of My Account's built files. */
export declare function buildPortal(options?: { readonly quiet?: boolean }): Promise<string>
