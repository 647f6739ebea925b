/** The tokens of the visual language: colour, space, type, radius; light, and dark where the person prefers it. A tenant's accent comes from brand.ts. */

export const TOKENS = `
:root {
  --canvas: #f4f5f8;
  --surface: #fff;
  --sunken: #eef0f4;
  --text: #191c23;
  --text-quiet: #565d6b;
  --line: #dfe2e8;
  --edge: #848b99;
  --shadow: 0 1px 2px rgb(20 24 40 / 5%), 0 12px 32px -12px rgb(20 24 40 / 14%);
  --error: #b3221f;
  --error-soft: #fdf0ef;
  --success: #1b6b3f;
  --success-soft: #edf7f1;
  --info: #2a4f87;
  --info-soft: #eff4fb;

  --space-1: 0.25rem;
  --space-2: 0.5rem;
  --space-3: 0.75rem;
  --space-4: 1rem;
  --space-5: 1.5rem;
  --space-6: 2rem;
  --space-7: 3rem;

  --type-small: 0.875rem;
  --type-body: 1rem;
  --type-large: 1.125rem;
  --type-title: clamp(1.375rem, 1.25rem + 0.6vw, 1.625rem);
  --font: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Noto Sans Arabic", "Helvetica Neue", Arial, sans-serif;
  --font-code: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, monospace;

  --radius-small: 0.5rem;
  --radius: 0.625rem;
  --radius-large: 1rem;
  --control: 2.875rem;
  color-scheme: light dark;
}

@media (prefers-color-scheme: dark) {
  :root {
    --canvas: #0f1116;
    --surface: #181b22;
    --sunken: #242831;
    --text: #eceef3;
    --text-quiet: #a7aebb;
    --line: #2d323d;
    --edge: #757d8c;
    --shadow: 0 1px 2px rgb(0 0 0 / 40%), 0 16px 40px -16px rgb(0 0 0 / 60%);
    --error: #ff9d96;
    --error-soft: #33191a;
    --success: #7fd6a3;
    --success-soft: #14291e;
    --info: #a3c4f7;
    --info-soft: #18243a;
  }
}
`
