/** Whoever is further away than anybody travels since the last sign-in proves a second step. */
import type { ScriptTemplate } from './template.ts'

export const geoVelocity: ScriptTemplate = {
  name: 'geo_velocity',
  category: 'step_up',
  title: 'Second step after impossible travel',
  description: 'Whoever is further away than anybody travels since the last sign-in proves a second step.',
  parameters: [
    { name: 'fastestKilometresPerHour', description: 'Faster is no travel' },
    { name: 'placeClaim', description: 'Where the last place is kept' },
  ],
  steps: 2,
  script: `// Whoever is further from the last sign-in than anybody travels in that time proves a second step.
var fastestKilometresPerHour = 900;
var placeClaim = 'lastSignInPlace';

var onLoginRequest = function (context) {
  executeStep(1, {
    onSuccess: function (context) {
      var user = context.currentKnownSubject;
      var here = context.request.location;
      var last = parsePlace(user.localClaims[placeClaim]);
      if (here && here.latitude !== null && last && isTooFast(last, here)) {
        executeStep(2, {
          onSuccess: function (context) {
            remember(user, here);
          }
        });
      } else if (here && here.latitude !== null) {
        remember(user, here);
      }
    }
  });
};

var remember = function (user, place) {
  user.localClaims[placeClaim] = [place.latitude, place.longitude, Math.floor(new Date().getTime() / 1000)].join(' ');
};

var parsePlace = function (text) {
  var parts = String(text || '').split(' ').map(Number);
  return parts.length === 3 && !parts.some(isNaN) ? { latitude: parts[0], longitude: parts[1], at: parts[2] } : null;
};

var isTooFast = function (last, here) {
  var hours = Math.max(new Date().getTime() / 1000 - last.at, 60) / 3600;
  return kilometres(last, here) / hours > fastestKilometresPerHour;
};

var kilometres = function (a, b) {
  var radians = function (degrees) { return degrees * Math.PI / 180; };
  var dLat = radians(b.latitude - a.latitude);
  var dLon = radians(b.longitude - a.longitude);
  var h = Math.pow(Math.sin(dLat / 2), 2) + Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * Math.pow(Math.sin(dLon / 2), 2);
  return 2 * 6371 * Math.asin(Math.sqrt(h));
};
`,
}
