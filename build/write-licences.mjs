import { runScript } from "./failure.mjs";
import { shippedPackages, writeLicences } from "./licences.mjs";

/** The last step of `npm run build`, and `npm run licences`: names the packages whose code was built in. */
await runScript(async () => {
  await writeLicences();
  console.log(`With code of ${(await shippedPackages()).join(", ")}.`);
  return 0;
});
