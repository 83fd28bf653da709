import { warnInApp } from "./inapp.js";
import { byId, startPage } from "./shell.js";

startPage();
warnInApp();
byId("print")?.addEventListener("click", () => print());
