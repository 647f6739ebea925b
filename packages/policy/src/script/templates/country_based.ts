/** Whoever comes from another country, or from nobody knows where, proves a second step. */
import type { ScriptTemplate } from './template.ts'

export const countryBased: ScriptTemplate = {
  name: 'country_based',
  category: 'step_up',
  title: 'Second step abroad',
  description: 'Whoever comes from another country, or from nobody knows where, proves a second step.',
  parameters: [{ name: 'homeCountries', description: 'Two capital letters each, ISO 3166-1' }],
  steps: 2,
  script: `// Whoever comes from another country, or from nobody knows where, proves a second step.
var homeCountries = ['DE'];

var onLoginRequest = function (context) {
  executeStep(1, {
    onSuccess: function (context) {
      var location = context.request.location;
      if (!location || homeCountries.indexOf(location.country) === -1) {
        executeStep(2);
      }
    }
  });
};
`,
}
