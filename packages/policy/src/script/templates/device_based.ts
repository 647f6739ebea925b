/** Whoever uses another system than the usual ones proves a second step. */
import type { ScriptTemplate } from './template.ts'

export const deviceBased: ScriptTemplate = {
  name: 'device_based',
  category: 'step_up',
  title: 'Second step by device',
  description: 'Whoever uses another system than the usual ones proves a second step.',
  parameters: [{ name: 'usualPlatforms', description: 'Windows, macOS, Linux, ChromeOS, Android, iOS' }],
  steps: 2,
  script: `// Whoever uses another system proves a second step.
var usualPlatforms = ['Windows', 'macOS'];

var onLoginRequest = function (context) {
  executeStep(1, {
    onSuccess: function (context) {
      if (usualPlatforms.indexOf(context.request.userAgent.platform) === -1) {
        executeStep(2);
      }
    }
  });
};
`,
}
