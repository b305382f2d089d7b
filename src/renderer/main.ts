import { mount } from "svelte";
import { API_NAME } from "#shared/ipc.ts";
import { adviserInWorker } from "./advice/adviser.ts";
import App from "./App.svelte";
import { AppState } from "./app-state.svelte.ts";
import { makeReportInWorker } from "./report/report-maker.ts";
import { ReportExport } from "./report/report-export.svelte.ts";
import "./tokens.css";
import "./base.css";

const target = document.getElementById("app");
if (target === null) throw new Error("index.html has no #app");

const app = new AppState(window[API_NAME] ?? null, adviserInWorker());
window.addEventListener("error", (event) => app.reportBug(event.message));
window.addEventListener("unhandledrejection", (event) => app.reportBug(String(event.reason)));
window[API_NAME]?.onProfileWaiting(() => void app.takeProfile());

const exporter = new ReportExport(window[API_NAME] ?? null, app, makeReportInWorker);
window[API_NAME]?.onExportAsked(() => void exporter.run());

mount(App, { target, props: { app, exporter } });
void app.start();
