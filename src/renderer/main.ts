import { mount } from "svelte";
import type { SpeedWhere } from "#engine/speed/speed-here.ts";
import { API_NAME } from "#shared/ipc.ts";
import { speakFirstOf } from "#words/speak-first.ts";
import { spoken } from "#words/spoken.ts";
import { adviceContext } from "./advice/advice-context.ts";
import { adviserInWorker } from "./advice/adviser.ts";
import App from "./App.svelte";
import { AppState } from "./app-state.svelte.ts";
import { whenIdle } from "./models/idle-work.ts";
import { KeptOrder } from "./models/kept-order.ts";
import MenuAnswers from "./menu/MenuAnswers.svelte";
import { WindowMenu } from "./menu/window-menu.svelte.ts";
import { speedWhereOf } from "./models/row-facts.ts";
import { runIn } from "./models/run-in.ts";
import { makeReportInWorker } from "./report/report-maker.ts";
import { ReportExport } from "./report/report-export.svelte.ts";
import "./tokens.css";
import "./base.css";

const target = document.getElementById("app");
if (target === null) throw new Error("index.html has no #app");

// The main process asks the system or the person, and names a language other than English in the page's address
// (`src/main/language.ts`).
const chosen = new URLSearchParams(location.search).get("lang");
if (chosen !== null) await speakFirstOf([chosen]);
document.documentElement.lang = spoken().locale;

const app = new AppState(window[API_NAME] ?? null, adviserInWorker(spoken().locale), sessionStorage);
app.table.keptOrder = new KeptOrder(localStorage);
window.addEventListener("error", ({ message }) => {
  // Sizes that change others are told of a frame later; the browser says so, and nothing is wrong.
  if (!message.startsWith("ResizeObserver loop")) app.reportBug(message);
});
window.addEventListener("unhandledrejection", (event) => app.reportBug(String(event.reason)));
window[API_NAME]?.onProfileWaiting(() => void app.takeProfile());

const exporter = new ReportExport(window[API_NAME] ?? null, app, makeReportInWorker);
window[API_NAME]?.onProbeProgress((progress) => app.reading.tellProgress(progress));
window[API_NAME]?.onHubProgress((line) => app.catalogShelf.adding.tellProgress(line));
window[API_NAME]?.onRefreshProgress((progress) => app.catalogShelf.tellRefresh(progress));
const menu = new WindowMenu(window[API_NAME] ?? null, { app, exporter });
window[API_NAME]?.onMenuChoice((choice, clipboardText) => void menu.choose(choice, clipboardText));

const speedWhere = (): SpeedWhere | null => speedWhereOf(app.usableMachine, app.catalog);
const context = adviceContext({ advice: app.advice, speedWhere });
mount(App, { target, props: { app, exporter }, context });
mount(MenuAnswers, { target, props: { menu } });
void app
  .start(() => new Promise((resolve) => whenIdle(resolve)))
  .then(() => {
    const { catalog, usableMachine, scenario } = app;
    if (catalog !== null && usableMachine !== null) runIn(catalog.models, usableMachine, scenario, whenIdle);
  });
