// The letter page with its panel: the form needs no script.

import {} from "./letter.js";
