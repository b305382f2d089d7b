import path from "node:path";
import process from "node:process";
import { writeChecked } from "./checked-catalog.ts";

/** The build runs it: `out/main/check-catalog.cjs` makes of the catalog beside `out` what a start reads. */
void writeChecked({ catalogFolder: path.join(__dirname, "../../catalog"), checkedFolder: __dirname }).then(
  (isMade) => {
    if (!isMade)
      process.stderr.write("The catalog has problems (npm run catalog:check): each start checks it.\n");
  },
);
