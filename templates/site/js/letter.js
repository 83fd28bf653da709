import { byId, startPage } from "./shell.js";

startPage();
byId("print")?.addEventListener("click", () => print());
