/** Whoever comes at night or at a weekend proves a second step. */
import type { ScriptTemplate } from './template.ts'

export const officeHours: ScriptTemplate = {
  name: 'office_hours',
  category: 'step_up',
  title: 'Second step outside office hours',
  description: 'Whoever comes at night or at a weekend proves a second step.',
  parameters: [
    { name: 'firstHour', description: 'UTC' },
    { name: 'lastHour', description: 'UTC, not included' },
  ],
  steps: 2,
  script: `// Whoever comes at night or at a weekend proves a second step. Hours are UTC.
var firstHour = 6;
var lastHour = 18;

var onLoginRequest = function (context) {
  executeStep(1, {
    onSuccess: function () {
      var now = new Date();
      var weekend = now.getUTCDay() === 0 || now.getUTCDay() === 6;
      if (weekend || now.getUTCHours() < firstHour || now.getUTCHours() >= lastHour) {
        executeStep(2);
      }
    }
  });
};
`,
}
