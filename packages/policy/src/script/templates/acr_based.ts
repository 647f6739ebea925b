/** The application asks for a level by acr_values; the strongest asks for both steps. */
import type { ScriptTemplate } from './template.ts'

export const acrBased: ScriptTemplate = {
  name: 'acr_based',
  category: 'levels',
  title: 'Steps by the level that is asked for',
  description: 'The application asks for a level by acr_values; the strongest asks for both steps.',
  parameters: [
    { name: 'supportedAcrValues', description: 'Weakest first' },
    { name: 'acrOfSecondStep', description: 'Those that take the second step' },
  ],
  steps: 2,
  script: `// The application says by acr_values how sure it has to be.
var supportedAcrValues = ['urn:gatehouse:acr:password', 'urn:gatehouse:acr:mfa'];
var acrOfSecondStep = ['urn:gatehouse:acr:mfa'];

var onLoginRequest = function (context) {
  var selected = selectAcrFrom(context, supportedAcrValues);
  context.selectedAcr = selected;
  executeStep(1, {
    onSuccess: function (context) {
      if (acrOfSecondStep.indexOf(selected) !== -1) {
        executeStep(2);
      }
    }
  });
};
`,
}
