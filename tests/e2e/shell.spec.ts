import { spawn } from "node:child_process";
import { once } from "node:events";
import { electronExecutable } from "../../build/electron-runtime.mjs";
import { electronArguments, expect, test } from "./launch.ts";

const PAGE = "app://fitment/index.html";

test("the window opens on the app's own page, in a sandbox, without Node", async ({ launchFitment }) => {
  const { app, page } = await launchFitment();
  expect(page.url()).toBe(PAGE);
  expect(await page.evaluate(() => ["require" in window, "process" in window, "module" in window])).toEqual([
    false,
    false,
    false,
  ]);
  const names = await page.evaluate(() =>
    Object.keys(window).filter((name) => /electron|fitment/i.test(name)),
  );
  expect(names).toEqual(["fitment"]);
  const shown = await app.evaluate(({ app: main, BrowserWindow }) => ({
    isPackaged: main.isPackaged,
    name: main.getName(),
    minimumSize: BrowserWindow.getAllWindows()[0]?.getMinimumSize(),
  }));
  expect(shown).toEqual({ isPackaged: false, name: "fitment", minimumSize: [720, 540] });
});

test("the page comes with a strict Content-Security-Policy and loads without an error", async ({
  launchFitment,
}) => {
  const { page } = await launchFitment();
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  const response = await page.reload();
  expect(response?.headers()["content-security-policy"]).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
      "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  );
  await expect(page.locator("#app")).not.toBeEmpty();
  expect(complaints).toEqual([]);
});

test("the policy refuses scripts written into the page", async ({ launchFitment }) => {
  const { page } = await launchFitment();
  const ran = await page.evaluate(async () => {
    const script = document.createElement("script");
    script.textContent = "window.wasInjected = true";
    document.head.append(script);
    await new Promise((resolve) => setTimeout(resolve, 100));
    return "wasInjected" in window;
  });
  expect(ran).toBe(false);
});

for (const { address, status } of [
  { address: "app://fitment/index.html", status: 200 },
  { address: "app://fitment/missing.js", status: 404 },
  { address: "app://fitment/../main/index.cjs", status: 403 },
  { address: "app://fitment/..%2fmain%2findex.cjs", status: 403 },
  { address: "app://fitment/%2e%2e%2f%2e%2e%2fpackage.json", status: 403 },
  { address: "app://fitment//etc/passwd", status: 403 },
]) {
  test(`${address} answers ${status}`, async ({ launchFitment }) => {
    const { page } = await launchFitment();
    expect(await page.evaluate(async (url) => (await fetch(url)).status, address)).toBe(status);
  });
}

test("the page cannot be led elsewhere, and opens no window", async ({ launchFitment }) => {
  const { app, page } = await launchFitment();
  for (const address of ["https://example.invalid/", "app://fitment/elsewhere.html", "file:///"]) {
    await page.evaluate((url) => {
      const link = document.createElement("a");
      link.href = url;
      document.body.append(link);
      link.click();
      window.location.href = url;
    }, address);
    await page.waitForTimeout(200);
    expect(page.url()).toBe(PAGE);
  }
  expect(await page.evaluate(() => window.open("https://example.invalid/") === null)).toBe(true);
  expect(app.windows()).toHaveLength(1);
});

test("every permission is denied", async ({ launchFitment }) => {
  const { page } = await launchFitment();
  const states = await page.evaluate(async () => [
    await Notification.requestPermission(),
    (await navigator.permissions.query({ name: "geolocation" })).state,
  ]);
  expect(states).toEqual(["denied", "denied"]);
});

test("only web addresses are passed to the browser", async ({ launchFitment }) => {
  const { page } = await launchFitment();
  const answers = await page.evaluate(async () => {
    const refused = ["file:///etc/passwd", "http://example.invalid/", "javascript:alert(1)", "no address"];
    return await Promise.all(
      refused.map(async (address) => (await window.fitment?.openExternal(address))?.kind),
    );
  });
  expect(answers).toEqual(["failed", "failed", "failed", "failed"]);
});

test("another page, even with our preload script, gets no answer", async ({ launchFitment }) => {
  const { app } = await launchFitment();
  const answer: unknown = await app.evaluate(async ({ app: main, BrowserWindow }) => {
    const stranger = new BrowserWindow({
      show: false,
      webPreferences: { preload: `${main.getAppPath()}/out/preload/index.cjs`, sandbox: true },
    });
    await stranger.loadURL("data:text/html,stranger");
    const answered: unknown = await stranger.webContents.executeJavaScript("window.fitment.loadCatalog()");
    return answered;
  });
  expect(answer).toEqual({ kind: "failed", message: "This page may not ask." });
});

test("a second start leaves the first window alone and ends", async ({ launchFitment }) => {
  const { app, userDataFolder } = await launchFitment();
  const second = spawn(await electronExecutable(), electronArguments(userDataFolder), { stdio: "ignore" });
  const [exitCode] = (await once(second, "exit")) as [number | null]; // as documented for ChildProcess
  expect(exitCode).toBe(0);
  expect(app.windows()).toHaveLength(1);
});
