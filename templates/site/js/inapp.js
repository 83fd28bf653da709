// Browsers inside other apps: they ignore downloads, so pictures are held and saved there.

const APPS = [
  [/FBAN|FBAV|FB_IAB|FBIOS/, "Facebook"],
  [/Instagram/, "Instagram"],
  [/Zalo/i, "Zalo"],
  [/Messenger/, "Messenger"],
  [/TikTok|musical_ly|BytedanceWebview/, "TikTok"],
];

/** The app that this browser lives in, or null. */
export function appOf(userAgent) {
  const found = APPS.find(([pattern]) => pattern.test(userAgent));
  return found ? found[1] : null;
}
